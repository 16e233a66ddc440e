// Judges pairs of Avro schemas with Apache Avro's SchemaCompatibility and decodes what the writer's schema wrote.
//
// Reads JSON lines: {"id", "reader", "writer", "rows": [hex]}; answers each with one line:
//   {"id", "unparsable": {"reader"?, "writer"?}} for a text that Avro's parser refuses, else
//   {"id", "compatible", "throws"?, "incompatibilities": ["TYPE at /place: message"], "rows": [null | error],
//    "canonical": {"reader", "writer"}, "fingerprint": {"reader", "writer"}, "invalid_default": {"reader"?, "writer"?}}
// Ends when its input does. Knows nothing of the project's own verdicts.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

public class JudgePairs {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(JSON.writeValueAsString(answer(JSON.readTree(line))));
            out.newLine();
            if (!in.ready()) {
                out.flush();
            }
        }
        out.flush();
    }

    private static ObjectNode answer(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("id", request.get("id"));
        ObjectNode unparsable = JSON.createObjectNode();
        Schema reader = parse(request, "reader", unparsable);
        Schema writer = parse(request, "writer", unparsable);
        if (reader == null || writer == null) {
            answer.set("unparsable", unparsable);
            return answer;
        }
        judge(reader, writer, answer);
        ArrayNode rows = answer.putArray("rows");
        for (JsonNode row : request.path("rows")) {
            rows.add(decode(writer, reader, HexFormat.of().parseHex(row.asText())));
        }
        ObjectNode canonical = answer.putObject("canonical");
        ObjectNode fingerprint = answer.putObject("fingerprint");
        ObjectNode invalidDefault = answer.putObject("invalid_default");
        for (String side : new String[] {"reader", "writer"}) {
            Schema schema = side.equals("reader") ? reader : writer;
            canonical.put(side, SchemaNormalization.toParsingForm(schema));
            fingerprint.put(side, String.format("%016x", SchemaNormalization.parsingFingerprint64(schema)));
            try {
                new Schema.Parser().parse(request.get(side).asText());
            } catch (RuntimeException | StackOverflowError error) {
                invalidDefault.put(side, error.toString());
            }
        }
        return answer;
    }

    /** Without a check of defaults: a registry reads its stored schemas so. */
    private static Schema parse(JsonNode request, String side, ObjectNode unparsable) {
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(request.get(side).asText());
        } catch (RuntimeException | StackOverflowError error) {
            unparsable.put(side, error.toString());
            return null;
        }
    }

    private static void judge(Schema reader, Schema writer, ObjectNode answer) {
        ArrayNode list = answer.putArray("incompatibilities");
        try {
            SchemaCompatibility.SchemaCompatibilityResult result =
                    SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
            answer.put("compatible",
                    result.getCompatibility() == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
            for (SchemaCompatibility.Incompatibility found : result.getIncompatibilities()) {
                list.add(found.getType() + " at " + found.getLocation() + ": " + found.getMessage());
            }
        } catch (RuntimeException | StackOverflowError error) {
            answer.put("compatible", false);
            answer.put("throws", error.toString());
        }
    }

    /** The error; null when the datum is read to its end. */
    private static String decode(Schema writer, Schema reader, byte[] bytes) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            Object datum = new GenericDatumReader<Object>(writer, reader).read(null, decoder);
            // What cannot be shown has been read wrong, such as a field that holds a value of another type.
            String.valueOf(datum);
            return decoder.isEnd() ? null : "bytes are left over";
        } catch (IOException | RuntimeException | StackOverflowError error) {
            return error.toString();
        }
    }
}
