package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/sr"
)

// decoder makes values of the bytes of records, with the schemas that their frames name.
type decoder struct {
	registry *sr.Client
	frame    sr.ConfluentHeader
	read     map[int]func(payload []byte) (any, error)
}

func newDecoder(registry *sr.Client) *decoder {
	return &decoder{registry: registry, read: map[int]func([]byte) (any, error){}}
}

// key gives a key in canonical form.
func (d *decoder) key(ctx context.Context, form string, key []byte) (any, error) {
	switch form {
	case "big_endian":
		number := int64(int8(key[0]))
		for _, digit := range key[1:] {
			number = number<<8 | int64(digit)
		}
		return canonical(number), nil
	case "raw":
		return canonical(key), nil
	case "avro":
		return d.decode(ctx, key)
	default:
		return string(key), nil
	}
}

// decode gives a framed value in canonical form; nil for a tombstone.
func (d *decoder) decode(ctx context.Context, value []byte) (any, error) {
	if value == nil {
		return nil, nil
	}
	id, payload, err := d.frame.DecodeID(value)
	if err != nil {
		return nil, err
	}
	read, known := d.read[id]
	if !known {
		schema, err := d.registry.SchemaByID(ctx, id)
		if err != nil {
			return nil, err
		}
		if schema.Type == sr.TypeJSON {
			read, err = d.jsonReader(ctx, schema)
		} else {
			read, err = d.avroReader(ctx, schema)
		}
		if err != nil {
			return nil, fmt.Errorf("schema %d: %w", id, err)
		}
		d.read[id] = read
	}
	return read(payload)
}

func (d *decoder) avroReader(ctx context.Context, schema sr.Schema) (func([]byte) (any, error), error) {
	types := &avro.SchemaCache{}
	err := d.references(ctx, schema, map[string]bool{}, func(_, text string) error {
		_, err := types.Parse(text, logicalTypes...)
		return err
	})
	if err != nil {
		return nil, err
	}
	writer, err := types.Parse(schema.Schema, logicalTypes...)
	if err != nil {
		return nil, err
	}
	return func(payload []byte) (any, error) {
		var value any
		rest, err := writer.Decode(payload, &value)
		if err == nil && len(rest) > 0 {
			err = fmt.Errorf("%d bytes are left over", len(rest))
		}
		return canonical(value), err
	}, nil
}

func (d *decoder) jsonReader(ctx context.Context, schema sr.Schema) (func([]byte) (any, error), error) {
	compiler := jsonschema.NewCompiler()
	add := func(name, text string) error {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(text)))
		if err != nil {
			return err
		}
		return compiler.AddResource(name, document)
	}
	if err := d.references(ctx, schema, map[string]bool{}, add); err != nil {
		return nil, err
	}
	if err := add("event.json", schema.Schema); err != nil {
		return nil, err
	}
	validator, err := compiler.Compile("event.json")
	if err != nil {
		return nil, err
	}
	return func(payload []byte) (any, error) {
		var value any
		if err := json.Unmarshal(payload, &value); err != nil {
			return nil, err
		}
		return value, validator.Validate(value)
	}, nil
}

// references calls `add` once with each schema that this one builds on, those that others need first.
func (d *decoder) references(
	ctx context.Context, schema sr.Schema, added map[string]bool, add func(name, text string) error,
) error {
	for _, reference := range schema.References {
		if added[reference.Name] {
			continue
		}
		added[reference.Name] = true
		found, err := d.registry.SchemaByVersion(ctx, reference.Subject, reference.Version)
		if err != nil {
			return err
		}
		if err := d.references(ctx, found.Schema, added, add); err != nil {
			return err
		}
		if err := add(reference.Name, found.Schema.Schema); err != nil {
			return err
		}
	}
	return nil
}

// named is a record with its name: in a union of records that is what tells which one it is.
type named struct {
	name   string
	fields any
}

// logicalTypes makes text of the types for which Go's own would lose something: a *big.Rat its scale, a time.Time
// whether it is a local time. Without it Decode gives *big.Rat, time.Time and time.Duration.
var logicalTypes = []avro.SchemaOpt{
	reads("decimal", "", func(value any, at *avro.SchemaNode) any {
		return avro.RatFromBytes(value.([]byte), at.Scale).FloatString(at.Scale)
	}),
	reads("date", "int", func(value any, _ *avro.SchemaNode) any {
		return time.Unix(int64(value.(int32))*86_400, 0).UTC().Format(time.DateOnly)
	}),
	reads("time-millis", "int", func(value any, _ *avro.SchemaNode) any {
		return time.UnixMilli(int64(value.(int32))).UTC().Format("15:04:05.000000")
	}),
	reads("time-micros", "long", func(value any, _ *avro.SchemaNode) any {
		return time.UnixMicro(value.(int64)).UTC().Format("15:04:05.000000")
	}),
	reads("timestamp-millis", "long", func(value any, _ *avro.SchemaNode) any {
		return local(time.UnixMilli(value.(int64))) + "Z"
	}),
	reads("timestamp-micros", "long", func(value any, _ *avro.SchemaNode) any {
		return local(time.UnixMicro(value.(int64))) + "Z"
	}),
	reads("local-timestamp-millis", "long", func(value any, _ *avro.SchemaNode) any {
		return local(time.UnixMilli(value.(int64)))
	}),
	reads("local-timestamp-micros", "long", func(value any, _ *avro.SchemaNode) any {
		return local(time.UnixMicro(value.(int64)))
	}),
	reads("", "record", func(value any, at *avro.SchemaNode) any {
		return named{name: at.Name, fields: value}
	}),
}

func local(instant time.Time) string {
	return instant.UTC().Format("2006-01-02T15:04:05.000000")
}

func reads(logical, avroType string, read func(any, *avro.SchemaNode) any) avro.SchemaOpt {
	return avro.CustomType{
		LogicalType: logical,
		AvroType:    avroType,
		Decode:      func(value any, at *avro.SchemaNode) (any, error) { return read(value, at), nil },
	}
}

// canonical gives a decoded Avro value as ../README.md has it; logicalTypes has done the logical types.
func canonical(value any) any {
	switch value := value.(type) {
	case named:
		return named{value.name, canonical(value.fields)}
	case map[string]any:
		for name, item := range value {
			value[name] = canonical(item)
		}
		return value
	case []any:
		for index, item := range value {
			value[index] = canonical(item)
		}
		return value
	case []byte:
		return base64.StdEncoding.EncodeToString(value)
	case int32:
		return float64(value)
	case int64:
		if new(big.Int).Abs(big.NewInt(value)).BitLen() > 53 {
			return strconv.FormatInt(value, 10)
		}
		return float64(value)
	case float32:
		return float64(value)
	default:
		return value
	}
}

// differences has one line for each place where the two are not equal.
func differences(path string, expected, found any) (lines []string) {
	if record, ok := found.(named); ok {
		if fields, ok := expected.(map[string]any); ok && len(fields) == 1 && fields[record.name] != nil {
			expected = fields[record.name]
		}
		return differences(path, expected, record.fields)
	}
	switch expected := expected.(type) {
	case map[string]any:
		if found, ok := found.(map[string]any); ok {
			for name, item := range expected {
				if value, there := found[name]; there {
					lines = append(lines, differences(path+"."+name, item, value)...)
				} else {
					lines = append(lines, path+"."+name+": is missing")
				}
			}
			for name := range found {
				if _, known := expected[name]; !known {
					lines = append(lines, path+"."+name+": is not expected")
				}
			}
			return lines
		}
	case []any:
		if found, ok := found.([]any); ok && len(expected) == len(found) {
			for index, item := range expected {
				lines = append(lines, differences(fmt.Sprintf("%s[%d]", path, index), item, found[index])...)
			}
			return lines
		}
	default:
		if !isTree(found) && expected == found {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: expected %#v, found %#v", path, expected, found)}
}

// isTree says whether a value has parts; Go cannot compare such values by `==`.
func isTree(value any) bool {
	switch value.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}
