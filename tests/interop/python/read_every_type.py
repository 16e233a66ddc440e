#!/usr/bin/env python3
"""Reads every type that an event can have with Confluent's Python client and compares it with what is expected.

What a reader gets from the stock deserializers: `Decimal`, aware and naive `datetime`, `date`, `time`, `UUID`, `bytes`
and unbounded `int`. See ../README.md for the file of expectations.

Prints `read N records, all equal` and exits with 0, or the differences and exits with 1.
"""

import argparse
import base64
import datetime
import json
import sys
import uuid
from decimal import Decimal

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.serialization import MessageField, SerializationContext

from topic import consumer, deserializer, read_all

SAFE = 2**53 - 1


def canonical(value):
    """A decoded value as ../README.md has it."""
    if isinstance(value, dict):
        return {name: canonical(item) for name, item in value.items()}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, tuple):  # (name, fields): a record in a union
        return (value[0], canonical(value[1]))
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (datetime.datetime, datetime.time)):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, (datetime.date, uuid.UUID)):
        return str(value)
    if type(value) is int and abs(value) > SAFE:
        return str(value)
    return value


def differences(path, expected, found):
    """Yields one line for each place where the two are not equal."""
    if isinstance(found, tuple):
        name, found = found
        if isinstance(expected, dict) and expected.keys() == {name}:
            path, expected = f"{path}.{name}", expected[name]
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted(expected.keys() | found.keys()):
            if name not in expected or name not in found:
                yield f"{path}.{name}: {'is missing' if name in expected else 'is not expected'}"
            else:
                yield from differences(f"{path}.{name}", expected[name], found[name])
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (a, b) in enumerate(zip(expected, found)):
            yield from differences(f"{path}[{index}]", a, b)
    # JSON has one kind of number, but `True == 1` in Python only.
    elif expected != found or isinstance(expected, bool) != isinstance(found, bool):
        yield f"{path}: expected {expected!r}, found {found!r}"


def deserializers(topic, registry):
    """How keys and values of a topic are read, each from its bytes and where they are."""
    keys = {
        "text": lambda data, context: data.decode(),
        "big_endian": lambda data, context: int.from_bytes(data, "big", signed=True),
        "raw": lambda data, context: data,
        "avro": deserializer("avro", registry),
    }
    return keys[topic["key"]], deserializer(topic["encoding"], registry)


def read(topic, consumer, registry):
    """Compares a topic with what it should hold; returns how many records it read and what differs."""
    name, missing = topic["topic"], list(topic["records"])
    read_key, read_value = deserializers(topic, registry)
    count, problems = 0, []
    messages = read_all(consumer, name)
    next(messages)
    for message in messages:
        count += 1
        key = canonical(read_key(message.key(), SerializationContext(name, MessageField.KEY, message.headers())))
        at = f"{name}, key {key}"
        # The records of one key come in their order.
        record = next((record for record in missing if not any(differences("$", record["key"], key))), None)
        if record is None:
            problems.append(f"{at}: has more records than expected")
            continue
        missing.remove(record)
        event_type = dict(message.headers())["event_type"].decode()
        if event_type != record["type"]:
            problems.append(f"{at}: expected a {record['type']}, found a {event_type}")
        # A tombstone stays None.
        value = read_value(message.value(), SerializationContext(name, MessageField.VALUE, message.headers()))
        problems.extend(f"{at}: {line}" for line in differences("$", record["value"], canonical(value)))
    problems.extend(f"{name}, key {record['key']}: a record is missing" for record in missing)
    return count, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap", required=True, help="the broker, host:port")
    parser.add_argument("--registry", required=True, help="the schema registry's URL")
    parser.add_argument("--expected", required=True, help="the topics and what they hold")
    args = parser.parse_args()

    registry = SchemaRegistryClient({"url": args.registry})
    kafka = consumer(args.bootstrap)
    total, problems = 0, []
    with open(args.expected, encoding="utf-8") as file:
        topics = json.load(file)
    for topic in topics:
        count, found = read(topic, kafka, registry)
        total += count
        problems += found
    kafka.close()
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"read {total} records, {len(problems)} differences")
    print(f"read {total} records, all equal")


if __name__ == "__main__":
    main()
