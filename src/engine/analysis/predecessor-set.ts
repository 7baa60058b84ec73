/**
 * A set of whole numbers below a fixed size that answers "the greatest member below x" in a few steps: a tree of bit
 * masks, 32 children to a node. It keeps the pairing of starts with ends near linear even for a log of noise.
 */
export class PredecessorSet {
  private readonly levels: Uint32Array[] = [];

  constructor(size: number) {
    let words = size;
    do {
      words = Math.max(1, Math.ceil(words / 32));
      this.levels.push(new Uint32Array(words));
    } while (words > 1);
  }

  /** Adds `member`. */
  add(member: number): void {
    let at = member;
    for (const level of this.levels) {
      level[at >>> 5] = level[at >>> 5]! | (1 << (at & 31));
      at >>>= 5;
    }
  }

  /** Removes `member`. */
  remove(member: number): void {
    let at = member;
    for (const level of this.levels) {
      const word = level[at >>> 5]! & ~(1 << (at & 31));
      level[at >>> 5] = word;
      if (word !== 0) return;
      at >>>= 5;
    }
  }

  /** Finds the greatest member below `limit`; -1 if there is none. */
  findBelow(limit: number): number {
    let at = limit;
    for (let depth = 0; depth < this.levels.length; depth += 1) {
      const level = this.levels[depth]!;
      const word = at >>> 5;
      const bits = (word < level.length ? level[word]! : 0) & ((1 << (at & 31)) - 1);
      if (bits !== 0) {
        at = word * 32 + 31 - Math.clz32(bits);
        for (let down = depth - 1; down >= 0; down -= 1) {
          at = at * 32 + 31 - Math.clz32(this.levels[down]![at]!);
        }
        return at;
      }
      at = word;
    }
    return -1;
  }
}
