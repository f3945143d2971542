import type { BundledPackage } from "./bundled-packages.ts";

/** The licences of everything inside the bundle, as one text. */
export function thirdPartyText(packages: readonly BundledPackage[]): string {
  const sections = packages.map(
    ({ name, version, license, licenseText }) => `${RULE}\n${name} ${version}\n${license}\n${RULE}\n\n${licenseText}\n`,
  );
  return `Haechi contains the following software of others.\n\n${sections.join("\n\n")}`;
}

const RULE = "-".repeat(80);
