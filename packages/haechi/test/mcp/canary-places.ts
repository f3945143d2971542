/** A mail address that says where it was planted. */
export function canaryAt(place: string): string {
  return `${place}@canary.example.com`;
}

/** Every place whose canary stands in a text, also in base64 or as part of an address. */
export function placesIn(text: string): string[] {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([digits]) =>
    Buffer.from(digits, "base64").toString(),
  );
  const found = [text, ...decoded].flatMap((one) => [...one.matchAll(/([\w.-]+)@canary\.example\.com/g)]);
  return [...new Set(found.map(([, place]) => place!))].sort();
}
