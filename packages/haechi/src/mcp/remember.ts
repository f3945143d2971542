/** Adds to a map as its newest entry; when there are too many, the oldest is forgotten. */
export function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, countMax: number): void {
  // The order of a map is that of adding.
  map.delete(key);
  map.set(key, value);
  if (map.size > countMax) map.delete(map.keys().next().value!);
}
