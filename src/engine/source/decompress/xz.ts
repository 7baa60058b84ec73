/**
 * The xz format by xz-embedded (WebAssembly). The package's own stream can neither be nested (an .xz in a .tar.xz
 * waits for itself) nor give what preceded a damage, so its WebAssembly instance is driven directly.
 */
import xz from 'xz-decompress';
import { createDamaged, createTruncated, SourceError } from '../source-error.ts';
import type { ByteCursor } from './byte-cursor.ts';

/** What the module exports; a context begins with xz-embedded's `struct xz_buf` behind the buffers' size. */
interface XzExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  supply_input(context: number, bytes: number): void;
  get_next_output(context: number): number;
}

interface XzModule {
  _getModuleInstance(): Promise<void>;
  _moduleInstance: { readonly exports: XzExports };
}

/** Places in the context, in 32-bit words. */
const BUFFER_BYTES = 0;
const INPUT = 1;
const INPUT_AT = 2;
const INPUT_END = 3;
const OUTPUT = 4;
const OUTPUT_AT = 5;

/** `enum xz_ret` of xz-embedded. */
const OK = 0;
const STREAM_END = 1;
const UNSUPPORTED_CHECK = 2;
const MEMORY_LIMIT = 4;
const OPTIONS_ERROR = 6;

/** Decompresses all streams of an xz file. Throws SourceError. */
export async function* readXz(input: ByteCursor): AsyncGenerator<Buffer, void> {
  const exports = await instantiateXz();
  const context = exports.create_context();
  // Looked up at each use: memory that grows gets another buffer.
  const words = (): Uint32Array => new Uint32Array(exports.memory.buffer, context, 6);
  const size = words()[BUFFER_BYTES]!;
  const inputAt = words()[INPUT]!;
  const outputAt = words()[OUTPUT]!;
  let ended = false;
  for (;;) {
    if (!ended && words()[INPUT_AT] === words()[INPUT_END]) {
      const part = await input.next(size);
      ended = part === undefined;
      if (part) new Uint8Array(exports.memory.buffer, inputAt, part.length).set(part);
      exports.supply_input(context, part?.length ?? 0);
    }
    const result = exports.get_next_output(context);
    const bytes = words()[OUTPUT_AT]!;
    if (bytes > 0) yield Buffer.from(exports.memory.buffer, outputAt, bytes);
    words()[OUTPUT_AT] = 0;
    if (result === STREAM_END) return;
    if (result !== OK && result !== UNSUPPORTED_CHECK) throw createXzError(result);
    if (ended && bytes === 0) throw createTruncated();
  }
}

/** A fresh instance each: contexts of one instance share a heap that never shrinks. */
async function instantiateXz(): Promise<XzExports> {
  const module = xz.XzReadableStream as unknown as XzModule;
  await module._getModuleInstance();
  return module._moduleInstance.exports;
}

function createXzError(result: number): SourceError {
  if (result === MEMORY_LIMIT || result === OPTIONS_ERROR)
    return new SourceError('unsupported-compression', 'this variant of xz cannot be read');
  return createDamaged();
}
