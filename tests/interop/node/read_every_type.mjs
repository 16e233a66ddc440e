// Reads every type that an event can have with kafkajs and Confluent's deserializers (avsc, and Ajv in its strict mode)
// and compares it with what is expected. See ../README.md for the file of expectations.
//
// Prints `read N records, all equal` and exits with 0, or the differences and exits with 1.

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { AvroDeserializer, JsonDeserializer, SchemaRegistryClient, SerdeType } from "@confluentinc/schemaregistry";
import { Kafka, logLevel } from "kafkajs";

import { logicalTypes, typeHook } from "./avro_types.mjs";

/** Milliseconds after which what has not come is taken for lost. */
const PATIENCE = 30_000;

/** A decoded value as ../README.md has it; avro_types.mjs has done the logical types. */
function canonical(value) {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (Buffer.isBuffer(value)) return value.toString("base64");
  if (Array.isArray(value)) return value.map(canonical);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, canonical(item)]));
  }
  return value;
}

/** One line for each place where the two are not equal. */
function differences(path, expected, found) {
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (isObject(expected) && isObject(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names].flatMap((name) => differences(`${path}.${name}`, expected[name], found[name]));
  }
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    return expected.flatMap((item, index) => differences(`${path}[${index}]`, item, found[index]));
  }
  return expected === found ? [] : [`${path}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
}

/** Every message of the topics up to the ends that they have now. */
async function readAll(kafka, topics) {
  const admin = kafka.admin();
  await admin.connect();
  let missing = 0;
  for (const topic of topics) {
    for (const { low, high } of await admin.fetchTopicOffsets(topic)) missing += high - low;
  }
  await admin.disconnect();

  const consumer = kafka.consumer({ groupId: `interop-node-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  const messages = [];
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${missing} records did not come`)), PATIENCE);
    const eachMessage = async ({ topic, message }) => {
      messages.push({ topic, ...message });
      missing -= 1;
      if (missing === 0) {
        clearTimeout(timer);
        resolve();
      }
    };
    consumer.run({ autoCommit: false, eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return messages;
}

const { values: args } = parseArgs({
  options: { bootstrap: { type: "string" }, registry: { type: "string" }, expected: { type: "string" } },
});
const topics = JSON.parse(await readFile(args.expected, "utf8"));

const registry = new SchemaRegistryClient({ baseURLs: [args.registry] });
const avro = (part) => new AvroDeserializer(registry, part, { logicalTypes, typeHook });
const json = new JsonDeserializer(registry, SerdeType.VALUE, { validate: true });
const values = { avro: avro(SerdeType.VALUE), json };
const keys = {
  text: { deserialize: (_, bytes) => bytes.toString() },
  big_endian: { deserialize: (_, bytes) => BigInt.asIntN(bytes.length * 8, BigInt("0x" + bytes.toString("hex"))) },
  raw: { deserialize: (_, bytes) => bytes },
  avro: avro(SerdeType.KEY),
};
// kafkajs logs as an error what it tries again; what fails for good is thrown.
const kafka = new Kafka({ brokers: [args.bootstrap], logLevel: logLevel.NOTHING });

const problems = [];
const messages = await readAll(kafka, topics.map(({ topic }) => topic));
for (const { topic, encoding, key: keyForm, records } of topics) {
  const missing = [...records];
  for (const message of messages.filter((message) => message.topic === topic)) {
    const { headers, value } = message;
    const key = canonical(await keys[keyForm].deserialize(topic, message.key, headers));
    const at = `${topic}, key ${JSON.stringify(key)}`;
    // The records of one key come in their order.
    const index = missing.findIndex((record) => differences("$", record.key, key).length === 0);
    if (index < 0) {
      problems.push(`${at}: has more records than expected`);
      continue;
    }
    const [record] = missing.splice(index, 1);
    if (headers.event_type.toString() !== record.type) {
      problems.push(`${at}: expected a ${record.type}, found a ${headers.event_type}`);
    }
    const found = value === null ? null : await values[encoding].deserialize(topic, value, headers);
    problems.push(...differences("$", record.value, canonical(found)).map((line) => `${at}: ${line}`));
  }
  problems.push(...missing.map(({ key }) => `${topic}, key ${JSON.stringify(key)}: a record is missing`));
}
problems.forEach((problem) => console.log(problem));
if (problems.length === 0) {
  console.log(`read ${messages.length} records, all equal`);
} else {
  console.error(`read ${messages.length} records, ${problems.length} differences`);
  process.exitCode = 1;
}
