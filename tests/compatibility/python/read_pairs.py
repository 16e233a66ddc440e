"""Decodes with fastavro what one schema wrote and another reads.

Reads JSON lines: {"id", "reader", "writer", "rows": [hex]}; answers each with one line {"id", "rows": [null | error]}.
"""

import io
import json
import sys

import fastavro
import fastavro.read

# Plain values: the random ones are not all in the range of a Python date or decimal.
fastavro.read.LOGICAL_READERS.clear()


def decode(writer, reader, row):
    try:
        fo = io.BytesIO(bytes.fromhex(row))
        fastavro.schemaless_reader(fo, writer, reader)
        return "bytes are left over" if fo.read(1) else None
    except Exception as error:  # whatever a user would see
        return f"{type(error).__name__}: {error}"


for line in sys.stdin:
    request = json.loads(line)
    answer = {"id": request["id"]}
    try:
        reader = fastavro.parse_schema(json.loads(request["reader"]))
        writer = fastavro.parse_schema(json.loads(request["writer"]))
        answer["rows"] = [decode(writer, reader, row) for row in request["rows"]]
    except Exception as error:
        answer["unparsable"] = f"{type(error).__name__}: {error}"
    print(json.dumps(answer), flush=False)
