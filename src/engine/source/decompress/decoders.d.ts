/** What is used of packages that bring no types. */

declare module 'unbzip2-stream/lib/bzip2.js' {
  type ReadBits = (count: number | null) => number;
  const bzip2: {
    /** Reads a stream's header and gives its block size in units of 100 000 bytes. */
    header(bits: ReadBits): number;
    /** Decodes one block into `write`; gives the checksum so far, or null at the stream's end. */
    decompress(
      bits: ReadBits,
      write: (byte: number) => void,
      work: Int32Array,
      workLength: number,
      checksum: number,
    ): number | null;
  };
  // biome-ignore lint/style/noDefaultExport: this is how a CommonJS module looks from here.
  export default bzip2;
}
