"""One Kafka topic, read from its beginning to the end that it has now, and the stock deserializers for its records."""

import sys
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer

# Seconds without a record after which the topic is taken for stuck.
PATIENCE = 30


def consumer(bootstrap):
    return Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "interop-python",
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
        }
    )


def deserializer(encoding, registry):
    """Takes a record's bytes, fetches the schema that its frame names, and returns the value in Python's own types."""
    if encoding == "avro":
        # A record in a union comes with its name, as (name, fields): two variants can have the same fields.
        return AvroDeserializer(registry, return_record_name=True)
    return JSONDeserializer(None, schema_registry_client=registry, conf={"validate": True})


def read_all(consumer, topic):
    """Yields every message from the beginning to the ends that the topic has now; first the number of partitions."""
    found = consumer.list_topics(topic, timeout=10).topics[topic]
    if found.error is not None:
        sys.exit(f"topic {topic}: {found.error}")
    yield len(found.partitions)
    ends = {}
    for partition in found.partitions:
        low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
        if high > low:
            ends[partition] = high
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in ends])
    last = time.monotonic()
    while ends:
        message = consumer.poll(1)
        if message is None:
            if time.monotonic() - last > PATIENCE:
                sys.exit(f"topic {topic}: nothing came for {PATIENCE} s, partitions {sorted(ends)} are not at their end")
            continue
        if message.error():
            sys.exit(f"topic {topic}: {message.error()}")
        last = time.monotonic()
        yield message
        if message.offset() + 1 >= ends[message.partition()]:
            del ends[message.partition()]
    # Or the next topic's questions would wait behind this one's long polls.
    consumer.unassign()
