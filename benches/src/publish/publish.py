"""Publishes orders by confluent-kafka-python and tells, in one line of JSON, what it took.

As its documentation has it: a function makes a dict of an object, the serializer makes bytes of that, `produce` hands them
over, and `poll` takes the reports after each record. Knows no figure but its own.
"""

import json
import resource
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import List, Optional
from uuid import UUID

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient, topic_record_subject_name_strategy
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass
class Line:
    sku: str
    quantity: int
    unit_cents: int
    colour: str


@dataclass
class Order:
    order_id: UUID
    customer: str
    placed_at: datetime
    status: str
    total: Decimal
    currency: str
    street: str
    postal_code: str
    city: str
    payment: str
    note: Optional[str]
    lines: List[Line]


def read(order):
    return Order(
        order_id=UUID(order["order_id"]),
        customer=order["customer"],
        placed_at=EPOCH + timedelta(milliseconds=order["placed_at_ms"]),
        status=order["status"],
        total=Decimal(order["total"]),
        currency=order["currency"],
        street=order["street"],
        postal_code=order["postal_code"],
        city=order["city"],
        payment=order["payment"],
        note=order["note"],
        lines=[Line(**line) for line in order["lines"]],
    )


def flat(order, _context):
    return {
        "order_id": order.order_id,
        "customer": order.customer,
        "placed_at": order.placed_at,
        "status": order.status,
        "total": order.total,
        "currency": order.currency,
        "street": order.street,
        "postal_code": order.postal_code,
        "city": order.city,
        "payment": order.payment,
        "note": order.note,
    }


def nested(order, context):
    published = flat(order, context)
    published["lines"] = [
        {
            "sku": line.sku,
            "quantity": line.quantity,
            "unit_cents": line.unit_cents,
            "colour": line.colour,
        }
        for line in order.lines
    ]
    return published


failed = 0


def report(error, _message):
    if error is not None:
        global failed
        failed += 1


def main():
    job = json.loads(sys.argv[1])
    topic = job["topic"]
    with open(job["orders"], encoding="utf-8") as file:
        orders = [read(order) for order in json.load(file)]
    serializer = AvroSerializer(
        SchemaRegistryClient({"url": job["registry"]}),
        job["schema"],
        nested if job["nested"] else flat,
        {
            "subject.name.strategy": topic_record_subject_name_strategy,
            # What is registered already: it would print the text anew, which makes another version of it.
            "auto.register.schemas": False,
            "use.latest.version": True,
        },
    )
    context = SerializationContext(topic, MessageField.VALUE)
    ready = None if job["typed"] else [(order.customer.encode(), serializer(order, context)) for order in orders]
    producer = Producer(job["config"])

    def produce(key, value):
        while True:
            try:
                producer.produce(topic, key=key, value=value, on_delivery=report)
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)

    def deliver(numbers):
        if ready is None:
            for number in numbers:
                order = orders[number % len(orders)]
                produce(order.customer, serializer(order, context))
        else:
            for number in numbers:
                key, value = ready[number % len(ready)]
                produce(key, value)
        left = producer.flush(60)
        if left or failed:
            sys.exit(f"{left} records have no report, {failed} were not delivered")

    def processor_time():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    warm_up, messages = job["warm_up"], job["messages"]
    deliver(range(warm_up))
    wall, cpu = time.perf_counter(), processor_time()
    deliver(range(warm_up, warm_up + messages))
    taken = {"wall_s": time.perf_counter() - wall, "cpu_s": processor_time() - cpu}
    print(json.dumps(taken))


main()
