/**
 * The words of a comma-separated list as context words. One of several parts counts
 * too as it is written in keys, columns and variables: `tax id` stands for `tax_id`,
 * `tax-id` and `taxid` (so `taxId`) as well.
 */
export function labelWords(list: string): string[] {
  return list.split(",").flatMap((word) => {
    const parts = word.split(" ");
    return parts.length === 1 ? [word] : [" ", "_", "-", ""].map((joint) => parts.join(joint));
  });
}
