/** Places in bytes in rising order, each with what stands there. The room is used again for the next bytes. */
export class PlaceList {
  count = 0;
  at = new Int32Array(PLACES_AT_FIRST);
  what = new Int32Array(PLACES_AT_FIRST);

  /** Places come nearly in order, so few have to make room for one that comes late. */
  add(at: number, what: number): void {
    if (this.count === this.at.length) this.#resize(this.count * 2);
    let index = this.count++;
    for (; index > 0 && this.at[index - 1]! > at; index--) {
      this.at[index] = this.at[index - 1]!;
      this.what[index] = this.what[index - 1]!;
    }
    this.at[index] = at;
    this.what[index] = what;
  }

  clear(): void {
    this.count = 0;
    if (this.at.length > PLACES_KEPT_MAX) this.#resize(PLACES_AT_FIRST);
  }

  #resize(places: number): void {
    const { at, what } = this;
    this.at = new Int32Array(places);
    this.what = new Int32Array(places);
    this.at.set(at.subarray(0, this.count));
    this.what.set(what.subarray(0, this.count));
  }
}

const PLACES_AT_FIRST = 1 << 8;
// One large body does not hold its memory for the life of the process.
const PLACES_KEPT_MAX = 1 << 16;
