// Reads every type that an event can have with Kafka's client and Apache Avro and compares it with what is expected.
// The schema of a record is fetched from the registry over HTTP; no library of a registry's vendor is needed.
// See ../README.md for the file of expectations.
//
// Prints `read N records, all equal` and exits with 0, or the differences and exits with 1.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

public class ReadEveryType {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** After this time without a record the topic is taken for stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SAFE = (1L << 53) - 1;

    /** Without these a GenericDatumReader gives decimals as bytes and times as numbers. */
    private static final GenericData DATA = new GenericData();

    static {
        DATA.addLogicalTypeConversion(new Conversions.DecimalConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.DateConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String registry;
    private final Map<Integer, Schema> schemas = new HashMap<>();

    private ReadEveryType(String registry) {
        this.registry = registry;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        ReadEveryType reader = new ReadEveryType(options.get("--registry"));
        int count = 0;
        List<String> problems = new ArrayList<>();
        for (JsonNode topic : JSON.readTree(new File(options.get("--expected")))) {
            List<ConsumerRecord<byte[], byte[]>> records = readAll(options.get("--bootstrap"), topic.get("topic").asText());
            count += records.size();
            problems.addAll(reader.compare(topic, records));
        }
        problems.forEach(System.out::println);
        if (problems.isEmpty()) {
            System.out.printf("read %d records, all equal%n", count);
        } else {
            System.err.printf("read %d records, %d differences%n", count, problems.size());
            System.exit(1);
        }
    }

    /** The records of a topic up to the ends that it has now. */
    private static List<ConsumerRecord<byte[], byte[]>> readAll(String bootstrap, String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream().map(it -> new TopicPartition(topic, it.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var polled = consumer.poll(PATIENCE);
                if (polled.isEmpty()) {
                    throw new IllegalStateException(topic + ": nothing came for " + PATIENCE);
                }
                polled.forEach(records::add);
            }
            for (var record : records) {
                int wanted = BuiltInPartitioner.partitionForKey(record.key(), partitions.size());
                if (record.partition() != wanted) {
                    throw new IllegalStateException("Java would put " + text(record.key()) + " into partition " + wanted);
                }
            }
            return records;
        }
    }

    /** One line for each place where the records of a topic differ from what it should hold. */
    private List<String> compare(JsonNode topic, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        String name = topic.get("topic").asText();
        boolean isAvro = topic.get("encoding").asText().equals("avro");
        List<JsonNode> missing = new ArrayList<>();
        topic.get("records").forEach(missing::add);
        List<String> problems = new ArrayList<>();
        for (var record : records) {
            JsonNode key = key(topic.get("key").asText(), record.key());
            String at = name + ", key " + key;
            // The records of one key come in their order.
            JsonNode wanted = missing.stream().filter(it -> isEqual(it.get("key"), key)).findFirst().orElse(null);
            if (wanted == null) {
                problems.add(at + ": has more records than expected");
                continue;
            }
            missing.remove(wanted);
            String type = text(record.headers().lastHeader("event_type").value());
            if (!type.equals(wanted.get("type").asText())) {
                problems.add(at + ": expected a " + wanted.get("type").asText() + ", found a " + type);
            }
            JsonNode found = record.value() == null ? NODES.nullNode() : isAvro ? avro(record.value()) : json(record.value());
            differences(at + ": $", wanted.get("value"), found, problems);
        }
        missing.forEach(record -> problems.add(name + ", key " + record.get("key") + ": a record is missing"));
        return problems;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private JsonNode key(String form, byte[] key) throws Exception {
        return switch (form) {
            case "big_endian" -> leaf(new BigInteger(key).longValueExact());
            case "raw" -> leaf(ByteBuffer.wrap(key));
            case "avro" -> avro(key);
            default -> leaf(text(key));
        };
    }

    // The frame: a zero, the schema's id in four bytes, then the value.

    private static ByteBuffer payload(byte[] value) {
        ByteBuffer frame = ByteBuffer.wrap(value);
        if (frame.get() != 0) {
            throw new IllegalStateException("the record has no Confluent frame");
        }
        return frame;
    }

    private static JsonNode json(byte[] value) throws IOException {
        ByteBuffer frame = payload(value);
        frame.getInt();
        return JSON.readTree(value, frame.position(), frame.remaining());
    }

    private JsonNode avro(byte[] value) throws Exception {
        ByteBuffer frame = payload(value);
        int id = frame.getInt();
        Schema schema = schemas.get(id);
        if (schema == null) {
            schema = parse(get("/schemas/ids/" + id), new Schema.Parser());
            schemas.put(id, schema);
        }
        var decoder = DecoderFactory.get().binaryDecoder(value, frame.position(), frame.remaining(), null);
        Object datum = new GenericDatumReader<>(schema, schema, DATA).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IllegalStateException("bytes are left over");
        }
        return canonical(datum, schema);
    }

    // The registry.

    /** Parses a schema after those that it refers to, which the parser then knows by name. */
    private Schema parse(JsonNode answer, Schema.Parser parser) throws Exception {
        for (JsonNode reference : answer.path("references")) {
            String subject = URLEncoder.encode(reference.get("subject").asText(), StandardCharsets.UTF_8);
            if (!parser.getTypes().containsKey(reference.get("name").asText())) {
                parse(get("/subjects/" + subject + "/versions/" + reference.get("version").asInt()), parser);
            }
        }
        return parser.parse(answer.get("schema").asText());
    }

    private JsonNode get(String path) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(URI.create(registry + path)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    // The comparison.

    /** A decoded value as ../README.md has it. */
    private static JsonNode canonical(Object value, Schema schema) {
        if (value == null) {
            return NODES.nullNode();
        }
        switch (schema.getType()) {
            case UNION -> {
                Schema branch = schema.getTypes().get(DATA.resolveUnion(schema, value));
                JsonNode node = canonical(value, branch);
                boolean isChoice = schema.getTypes().stream().filter(it -> it.getType() != Schema.Type.NULL).count() > 1;
                return isChoice && branch.getType() == Schema.Type.RECORD
                        ? NODES.objectNode().set(branch.getFullName(), node)
                        : node;
            }
            case RECORD -> {
                ObjectNode node = NODES.objectNode();
                for (Schema.Field field : schema.getFields()) {
                    node.set(field.name(), canonical(((IndexedRecord) value).get(field.pos()), field.schema()));
                }
                return node;
            }
            case MAP -> {
                ObjectNode node = NODES.objectNode();
                ((Map<?, ?>) value).forEach((key, item) -> node.set(key.toString(), canonical(item, schema.getValueType())));
                return node;
            }
            case ARRAY -> {
                ArrayNode node = NODES.arrayNode();
                ((Collection<?>) value).forEach(item -> node.add(canonical(item, schema.getElementType())));
                return node;
            }
            default -> {
                return leaf(value);
            }
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private static JsonNode leaf(Object value) {
        if (value instanceof Boolean it) {
            return NODES.booleanNode(it);
        } else if (value instanceof Long it && Math.abs(it) <= SAFE && it != Long.MIN_VALUE) {
            return NODES.numberNode(it);
        } else if (value instanceof Integer it) {
            return NODES.numberNode(it);
        } else if (value instanceof Float || value instanceof Double) {
            return NODES.numberNode(((Number) value).doubleValue());
        } else if (value instanceof ByteBuffer it) {
            byte[] bytes = new byte[it.remaining()];
            it.duplicate().get(bytes);
            return NODES.textNode(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof GenericFixed it) {
            return NODES.textNode(Base64.getEncoder().encodeToString(it.bytes()));
        } else if (value instanceof BigDecimal it) {
            return NODES.textNode(it.toPlainString());
        } else if (value instanceof LocalTime it) {
            return NODES.textNode(TIME.format(it));
        } else if (value instanceof Instant it) {
            return NODES.textNode(DATE_TIME.format(it.atOffset(ZoneOffset.UTC)) + "Z");
        } else if (value instanceof LocalDateTime it) {
            return NODES.textNode(DATE_TIME.format(it));
        }
        // Strings (Avro's own Utf8), symbols, uuids, dates, and longs that other languages could not hold as numbers.
        return NODES.textNode(value.toString());
    }

    private static boolean isEqual(JsonNode expected, JsonNode found) {
        List<String> problems = new ArrayList<>();
        differences("$", expected, found, problems);
        return problems.isEmpty();
    }

    private static void differences(String path, JsonNode expected, JsonNode found, List<String> problems) {
        if (expected.isObject() && found.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            found.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                differences(path + "." + name, expected.path(name), found.path(name), problems);
            }
        } else if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
            for (int i = 0; i < expected.size(); i++) {
                differences(path + "[" + i + "]", expected.get(i), found.get(i), problems);
            }
        } else if (expected.isNumber() && found.isNumber()) {
            if (expected.decimalValue().compareTo(found.decimalValue()) != 0) {
                problems.add(path + ": expected " + expected + ", found " + found);
            }
        } else if (!expected.equals(found)) {
            problems.add(path + ": expected " + expected + ", found " + found);
        }
    }
}
