/**
 * What `work` resolves to, or the rejection of `late` when it takes longer than `timeoutMs`. The work itself goes on;
 * nobody waits for it.
 */
export async function inTime<Value>(
  work: Value | Promise<Value>,
  timeoutMs: number,
  late: () => Error,
): Promise<Value> {
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), timeoutMs);
    timer.unref();
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
