/** Something that several use, and that is closed when the last of them lets go of it. */
export interface Held<T> {
  readonly value: T;
  /** The same for another one who uses it. */
  share(): Held<T>;
  /** Lets go; calling it again does nothing more. */
  release(): Promise<void>;
}

/** The first hold on `value`. */
export function hold<T>(value: T, close: () => Promise<void>): Held<T> {
  let holders = 0;
  const take = (): Held<T> => {
    holders++;
    let isHeld = true;
    return {
      value,
      share: take,
      async release() {
        if (!isHeld) return;
        isHeld = false;
        holders--;
        if (holders === 0) await close();
      },
    };
  };
  return take();
}
