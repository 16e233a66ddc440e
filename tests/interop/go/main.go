// Reads every type that an event can have with franz-go and twmb/avro and compares it with what is expected.
// See ../README.md for the file of expectations.
//
// Prints `read N records, all equal` and exits with 0, or the differences and exits with 1.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sr"
)

// What has not come after this time is taken for lost.
const patience = 30 * time.Second

// Topic is what one topic should hold.
type Topic struct {
	Topic   string
	Key     string // the form of its keys
	Records []Record
}

// Record is what a reader should see of one record; the value of a tombstone is nil.
type Record struct {
	Key   any
	Type  string
	Value any
}

func main() {
	bootstrap := flag.String("bootstrap", "", "the broker, host:port")
	registry := flag.String("registry", "", "the schema registry's URL")
	expected := flag.String("expected", "", "the file with the topics and what they hold")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()

	count, problems, err := run(ctx, *bootstrap, *registry, *expected)
	for _, problem := range problems {
		fmt.Println(problem)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "error:", err)
	case len(problems) > 0:
		fmt.Fprintf(os.Stderr, "read %d records, %d differences\n", count, len(problems))
	default:
		fmt.Printf("read %d records, all equal\n", count)
		return
	}
	os.Exit(1)
}

func run(ctx context.Context, bootstrap, registry, expected string) (count int, problems []string, err error) {
	text, err := os.ReadFile(expected)
	if err != nil {
		return 0, nil, err
	}
	var topics []Topic
	if err := json.Unmarshal(text, &topics); err != nil {
		return 0, nil, err
	}
	client, err := sr.NewClient(sr.URLs(registry))
	if err != nil {
		return 0, nil, err
	}
	decoder := newDecoder(client)
	for _, topic := range topics {
		records, err := readAll(ctx, bootstrap, topic.Topic)
		if err != nil {
			return count, problems, fmt.Errorf("%s: %w", topic.Topic, err)
		}
		count += len(records)
		found, err := compare(ctx, topic, records, decoder)
		if err != nil {
			return count, problems, fmt.Errorf("%s: %w", topic.Topic, err)
		}
		for _, problem := range found {
			problems = append(problems, topic.Topic+", "+problem)
		}
	}
	return count, problems, nil
}

// compare has one line for each place where the records of a topic differ from what it should hold.
func compare(ctx context.Context, topic Topic, records []*kgo.Record, decoder *decoder) (problems []string, err error) {
	missing := slices.Clone(topic.Records)
	for _, record := range records {
		key, err := decoder.key(ctx, topic.Key, record.Key)
		if err != nil {
			return problems, fmt.Errorf("a key: %w", err)
		}
		at := fmt.Sprintf("key %v", key)
		// The records of one key come in their order.
		index := slices.IndexFunc(missing, func(record Record) bool { return len(differences("$", record.Key, key)) == 0 })
		if index < 0 {
			problems = append(problems, at+": has more records than expected")
			continue
		}
		wanted := missing[index]
		missing = slices.Delete(missing, index, index+1)
		if found := header(record, "event_type"); found != wanted.Type {
			problems = append(problems, fmt.Sprintf("%s: expected a %s, found a %s", at, wanted.Type, found))
		}
		value, err := decoder.decode(ctx, record.Value)
		if err != nil {
			return problems, fmt.Errorf("%s: %w", at, err)
		}
		problems = append(problems, differences(at+": $", wanted.Value, value)...)
	}
	for _, record := range missing {
		problems = append(problems, fmt.Sprintf("key %v: a record is missing", record.Key))
	}
	return problems, nil
}

func header(record *kgo.Record, name string) string {
	for _, header := range record.Headers {
		if header.Key == name {
			return string(header.Value)
		}
	}
	return ""
}

// readAll gives the records of a topic up to the ends that it has now.
func readAll(ctx context.Context, bootstrap, topic string) ([]*kgo.Record, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(bootstrap),
		kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	admin := kadm.NewClient(client)
	starts, err := admin.ListStartOffsets(ctx, topic)
	if err != nil {
		return nil, err
	}
	ends, err := admin.ListEndOffsets(ctx, topic)
	if err != nil {
		return nil, err
	}
	if err := ends.Error(); err != nil {
		return nil, err
	}
	missing := int64(0)
	ends.Each(func(end kadm.ListedOffset) {
		start, _ := starts.Lookup(topic, end.Partition)
		missing += end.Offset - start.Offset
	})
	var records []*kgo.Record
	for int64(len(records)) < missing {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			return nil, fmt.Errorf("%d of %d records came: %w", len(records), missing, err)
		}
		records = append(records, fetches.Records()...)
	}
	return records, nil
}
