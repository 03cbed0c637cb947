/** Where the weights lie in an ONNX file, so that a test can change one. Reads the few fields of protobuf that this needs. */
export interface TensorPlace {
  readonly name: string;
  readonly dims: readonly number[];
  /** ONNX's number: 1 is float32, 2 uint8. */
  readonly type: number;
  /** Of the raw data in the file, in bytes. */
  readonly offset: number;
  readonly bytes: number;
}

/** Numbers of the fields in onnx.proto. */
const GRAPH = 7;
const INITIALIZER = 5;
const TENSOR = { dims: 1, type: 2, name: 8, data: 9 };

interface Field {
  readonly number: number;
  readonly value: number;
  /** Of a field with content of its own. */
  readonly start: number;
  readonly end: number;
}

export function tensorPlaces(file: Uint8Array): readonly TensorPlace[] {
  const graph = [...fields(file, 0, file.length)].find((field) => field.number === GRAPH);
  if (graph === undefined) throw new Error('no graph in this file');
  const tensors = [...fields(file, graph.start, graph.end)].filter((field) => field.number === INITIALIZER);
  return tensors.map(({ start, end }) => tensorOf(file, [...fields(file, start, end)]));
}

function tensorOf(file: Uint8Array, parts: readonly Field[]): TensorPlace {
  const part = (number: number): Field | undefined => parts.find((field) => field.number === number);
  const name = part(TENSOR.name);
  const data = part(TENSOR.data);
  return {
    name: new TextDecoder().decode(file.subarray(name?.start ?? 0, name?.end ?? 0)),
    dims: parts.filter(({ number }) => number === TENSOR.dims).flatMap((field) => dimsOf(file, field)),
    type: part(TENSOR.type)?.value ?? 0,
    offset: data?.start ?? 0,
    bytes: data === undefined ? 0 : data.end - data.start,
  };
}

/** Packed into one field, or one field for each. */
function dimsOf(file: Uint8Array, { value, start, end }: Field): number[] {
  if (start === end) return [value];
  const dims: number[] = [];
  for (let at = start; at < end;) {
    const [dim, next] = varint(file, at);
    dims.push(dim);
    at = next;
  }
  return dims;
}

function* fields(file: Uint8Array, start: number, end: number): Generator<Field> {
  let at = start;
  while (at < end) {
    const [key, content] = varint(file, at);
    const [value, next] = (key & 7) === 0 || (key & 7) === 2 ? varint(file, content) : [0, content];
    const number = key >>> 3;
    switch (key & 7) {
      case 0:
        yield { number, value, start: next, end: next };
        at = next;
        break;
      case 1:
        at = content + 8;
        break;
      case 2:
        yield { number, value, start: next, end: next + value };
        at = next + value;
        break;
      case 5:
        at = content + 4;
        break;
      default:
        throw new Error(`no wire type of protobuf: ${key & 7}`);
    }
  }
}

/** The number and the place behind it. */
function varint(file: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = file[at++] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}
