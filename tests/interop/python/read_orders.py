#!/usr/bin/env python3
"""Reads what the quickstart published with Confluent's own Python client and compares it with the source file.

Every record of the topic is decoded by the stock deserializers, and every field of it compared with the order that it
came from; so are key, partition, headers and the order of the records of one key. It shares no code with the
publisher: what it knows of the records is what a consumer of another team would know.

Prints `read N records, all equal` and exits with 0, or the differences and exits with 1.
"""

import argparse
import collections
import datetime
import json
import sys
import uuid
from decimal import ROUND_HALF_EVEN, Decimal

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.serialization import MessageField, SerializationContext

from topic import consumer, deserializer, read_all

PLACED = "com.acme.orders.OrderPlaced"
SHIPPED = "com.acme.orders.OrderShipped"
CONTENT_TYPES = {"avro": "application/avro", "json": "application/json"}
SHOWN_DIFFERENCES = 20


# The source, as the records should show it.


def money(number):
    """A source number, rounded half-even to two places from its shortest decimal text."""
    return cents(Decimal(repr(number)))


def cents(amount):
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)


def date(text):
    return datetime.date.fromisoformat(text)


def total(lines):
    """What the lines cost: exact decimals throughout, rounded once at the end."""
    return cents(
        sum(
            line["unit_price"] * line["quantity"] * (1 - Decimal(repr(line["discount"])))
            for line in lines
        )
    )


def placed(order):
    ship_to = order["ship_to"]
    lines = [
        {
            "product_id": line["product_id"],
            "product_name": line["product_name"],
            "unit_price": money(line["unit_price"]),
            "quantity": line["quantity"],
            "discount": round(float(line["discount"]), 2),
        }
        for line in order["lines"]
    ]
    return {
        "order_id": str(order["order_id"]),
        "customer_id": order["customer"]["id"],
        "customer_name": order["customer"]["company_name"],
        "placed_on": date(order["order_date"]),
        "required_on": date(order["required_date"]),
        "ship_to": {
            "name": ship_to["name"],
            "street": ship_to["address"],
            "city": ship_to["city"],
            "region": ship_to["region"],
            "postal_code": ship_to["postal_code"],
            "country": ship_to["country"],
        },
        "freight": money(order["freight"]),
        "lines": lines,
        "total": total(lines),
    }


def shipped(order):
    return {
        "order_id": str(order["order_id"]),
        "shipped_on": date(order["shipped_date"]),
        "carrier": order["shipper"],
    }


def expected_records(path):
    """For each key the records it should have, in order: (full name, fields)."""
    records = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                order = json.loads(line)
                of_key = [(PLACED, placed(order))]
                if order["shipped_date"] is not None:
                    of_key.append((SHIPPED, shipped(order)))
                records[str(order["order_id"])] = of_key
    return records


# The comparison.


def as_json(value):
    """An expected value as JSON carries it: dates and amounts are text there."""
    return str(value) if isinstance(value, (datetime.date, Decimal)) else value


def differences(path, expected, found, encoding):
    """Yields one line for each place where the two are not equal, in value or in type."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            yield f"{path}: expected a record, found {found!r}"
            return
        for name in sorted(found.keys() - expected.keys()):
            yield f"{path}.{name}: is not in the source"
        for name, value in expected.items():
            yield from differences(f"{path}.{name}", value, found.get(name), encoding)
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            yield f"{path}: expected {len(expected)} items, found {found!r}"
            return
        for index, (a, b) in enumerate(zip(expected, found)):
            yield from differences(f"{path}[{index}]", a, b, encoding)
    else:
        if encoding == "json":
            expected = as_json(expected)
        # JSON has one kind of number: 0 may stand for 0.0. Otherwise an int is no float and a text no date.
        same_kind = type(found) is type(expected) or (
            encoding == "json" and isinstance(expected, float) and type(found) is int
        )
        if not same_kind or found != expected:
            yield f"{path}: expected {expected!r}, found {found!r}"


def header_differences(headers, full_name, encoding, seen_ids):
    wanted = {"event_type": full_name, "version": "1", "content-type": CONTENT_TYPES[encoding]}
    for name, value in wanted.items():
        if headers.get(name) != value:
            yield f"header {name}: expected {value!r}, found {headers.get(name)!r}"
    try:
        event_id = uuid.UUID(headers.get("event_id", ""))
    except ValueError:
        yield f"header event_id: {headers.get('event_id')!r} is not a UUID"
        return
    if event_id.version != 7:
        yield f"header event_id: {event_id} is not of version 7"
    if event_id in seen_ids:
        yield f"header event_id: {event_id} came before"
    seen_ids.add(event_id)


def murmur2(data):
    """The hash of the Java client's partitioner (org.apache.kafka.common.utils.Utils.murmur2)."""
    m, mask = 0x5BD1E995, 0xFFFFFFFF
    h = 0x9747B28C ^ len(data)
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        k = int.from_bytes(data[at : at + 4], "little") * m & mask
        k = (k ^ k >> 24) * m & mask
        h = (h * m & mask) ^ k
    if whole < len(data):
        h = (h ^ int.from_bytes(data[whole:], "little")) * m & mask
    h = (h ^ h >> 13) * m & mask
    return h ^ h >> 15


def java_partition(key, partitions):
    return (murmur2(key) & 0x7FFFFFFF) % partitions


# Values of Kafka's own UtilsTest.
assert murmur2(b"21") == -973932308 & 0xFFFFFFFF
assert murmur2(b"foobar") == -790332482 & 0xFFFFFFFF
assert murmur2(b"a-little-bit-long-string") == -985981536 & 0xFFFFFFFF


def registered_name(registry, message, encoding):
    """The full name in the schema that the record was written with: its id stands in the five bytes of the frame."""
    schema = json.loads(registry.get_schema(int.from_bytes(message.value()[1:5], "big")).schema_str)
    if encoding == "json":
        return schema["title"]
    name = schema["name"]
    return name if "." in name else f"{schema['namespace']}.{name}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap", required=True, help="the broker, host:port")
    parser.add_argument("--registry", required=True, help="the schema registry's URL")
    parser.add_argument("--topic", required=True)
    parser.add_argument("--encoding", required=True, choices=sorted(CONTENT_TYPES))
    parser.add_argument("--input", required=True, help="the orders that were published, one JSON object a line")
    parser.add_argument(
        "--prefix", action="store_true", help="the topic may hold only the first records of a key, or none"
    )
    args = parser.parse_args()

    registry = SchemaRegistryClient({"url": args.registry})
    deserialize = deserializer(args.encoding, registry)
    kafka = consumer(args.bootstrap)

    expected = expected_records(args.input)
    problems, names, seen_ids = [], {}, set()
    read = collections.Counter()
    messages = read_all(kafka, args.topic)
    partitions = next(messages)
    for message in messages:
        key, at = message.key(), f"partition {message.partition()} offset {message.offset()}"
        text = None if key is None else key.decode("utf-8", "replace")
        if text not in expected:
            problems.append(f"{at}: the key {text!r} is no order of the source")
            continue
        if read[text] == len(expected[text]):
            problems.append(f"{at}: order {text} has more records than the source asks for")
            continue
        full_name, fields = expected[text][read[text]]
        read[text] += 1
        at = f"order {text} ({at}) {full_name.rpartition('.')[2]}"

        wanted = java_partition(key, partitions)
        if message.partition() != wanted:
            problems.append(f"{at}: Java would put it into partition {wanted} of {partitions}")
        headers = {name: value.decode() for name, value in message.headers() or []}
        problems.extend(f"{at}: {line}" for line in header_differences(headers, full_name, args.encoding, seen_ids))
        context = SerializationContext(args.topic, MessageField.VALUE, message.headers())
        try:
            frame = message.value()[:5]
            if frame not in names:
                names[frame] = registered_name(registry, message, args.encoding)
            found = deserialize(message.value(), context)
        except Exception as error:  # the deserializers raise whatever fastavro, jsonschema and HTTP do
            problems.append(f"{at}: cannot be decoded: {type(error).__name__}: {error}")
            continue
        if names[frame] != full_name:
            problems.append(f"{at}: was written with the schema of {names[frame]}")
        problems.extend(f"{at}: {line}" for line in differences("$", fields, found, args.encoding))
    kafka.close()

    if not args.prefix:
        for key, records in expected.items():
            problems.extend(f"order {key}: has no {name}" for name, _ in records[read[key] :])
    for problem in problems[:SHOWN_DIFFERENCES]:
        print(problem)
    if problems:
        sys.exit(f"read {read.total()} records of {args.topic}, {len(problems)} differences")
    print(f"read {read.total()} records, all equal ({args.topic}, {args.encoding}, {partitions} partitions)")


if __name__ == "__main__":
    main()
