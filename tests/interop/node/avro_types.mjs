// What avsc needs to be told of Avro's logical types and of longs.
//
// Confluent's AvroDeserializer takes both exports in its configuration. Without them a decimal is a Buffer, a time is a
// number, and a long beyond 2^53 is an error ("potential precision loss").

import avro from "avsc";

/** A long is a BigInt: no value is out of range, and none becomes inexact. */
const bigLong = avro.types.LongType.__with({
  fromBuffer: (buffer) => buffer.readBigInt64LE(),
  toBuffer: (value) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value) => typeof value === "bigint",
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
});

/** A logical type that is read by `read(underlying value, schema)`; this program writes none. */
const reads = (read) =>
  class extends avro.types.LogicalType {
    constructor(schema, options) {
      super(schema, { ...options, typeHook: ({ type }) => (type === "long" ? bigLong : undefined) });
      this.schema = schema;
    }
    _fromValue(value) {
      return read(value, this.schema);
    }
    _toValue() {
      return undefined;
    }
  };

/** Two's complement, big-endian, as digits with `scale` of them after the point. */
function decimal(bytes, { scale = 0 }) {
  const unscaled = bytes.length ? BigInt.asIntN(bytes.length * 8, BigInt("0x" + bytes.toString("hex"))) : 0n;
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const whole = digits.length - scale;
  return (unscaled < 0n ? "-" : "") + digits.slice(0, whole) + (scale ? "." + digits.slice(whole) : "");
}

/** Microseconds since 1970 as text with six digits after the point, which JavaScript's Date does not have. */
function instant(micros) {
  const finer = ((micros % 1000n) + 1000n) % 1000n;
  const millis = (micros - finer) / 1000n;
  return new Date(Number(millis)).toISOString().replace("Z", String(finer).padStart(3, "0") + "Z");
}

const timeOfDay = (micros) => instant(micros).slice("1970-01-01T".length, -1);
const local = (micros) => instant(micros).slice(0, -1);
const fromMillis = (millis) => BigInt(millis) * 1000n;

/** For the option `logicalTypes`. */
export const logicalTypes = {
  decimal: reads(decimal),
  date: reads((days) => instant(BigInt(days) * 86_400_000_000n).slice(0, "1970-01-01".length)),
  "time-millis": reads((millis) => timeOfDay(fromMillis(millis))),
  "time-micros": reads(timeOfDay),
  "timestamp-millis": reads((millis) => instant(fromMillis(millis))),
  "timestamp-micros": reads(instant),
  "local-timestamp-millis": reads((millis) => local(fromMillis(millis))),
  "local-timestamp-micros": reads(local),
};

/** For the option `typeHook`, which avsc asks about each part of a schema before it looks at the logical types. */
export const typeHook = (schema) =>
  schema === "long" || (schema.type === "long" && !(schema.logicalType in logicalTypes)) ? bigLong : undefined;
