/**
 * The few runtime globals that parsing may use. It is a project without Node's types, so that nothing else of Node
 * is within reach; only what is declared here is.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(input?: ArrayBufferLike | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class Buffer extends Uint8Array {
  static from(bytes: ArrayBufferLike, byteOffset?: number, length?: number): Buffer;
  override indexOf(
    value: number | string | Uint8Array,
    byteOffset?: number,
    encoding?: 'latin1' | 'utf8',
  ): number;
  override toString(encoding?: 'latin1' | 'utf8', start?: number, end?: number): string;
  latin1Slice(start?: number, end?: number): string;
  utf8Slice(start?: number, end?: number): string;
}

declare function atob(base64: string): string;

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};
