import { Enums, Models, Serialize, SPDX, Spec } from "@cyclonedx/cyclonedx-library";
import type { BundledPackage } from "./bundled-packages.ts";
import type { Manifest } from "./package-entries.ts";

/**
 * The parts of the published package as a CycloneDX document. It carries no time and
 * no serial number, so that the same sources give the same bytes.
 */
export function softwareBillOfMaterials(manifest: Manifest, packages: readonly BundledPackage[]): string {
  const self = component(Enums.ComponentType.Application, manifest);
  const parts = packages.map((bundled) => component(Enums.ComponentType.Library, bundled));
  for (const { bomRef } of parts) self.dependencies.add(bomRef);
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: self }),
    components: new Models.ComponentRepository(parts),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

type Described = Pick<BundledPackage, "name" | "version" | "license">;

function component(type: Enums.ComponentType, { name, version, license }: Described): Models.Component {
  const purl = packageUrl(name, version);
  const [scope, unscoped] = name.startsWith("@") ? name.split("/") : [undefined, name];
  return new Models.Component(type, unscoped ?? name, {
    ...(scope === undefined ? {} : { group: scope }),
    version,
    purl,
    bomRef: purl,
    licenses: new Models.LicenseRepository([licenseOf(license)]),
  });
}

// https://github.com/package-url/purl-spec: the "@" of an npm scope is percent-encoded.
function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
}

function licenseOf(license: string): Models.License {
  return SPDX.isSupportedSpdxId(license) ? new Models.SpdxLicense(license) : new Models.LicenseExpression(license);
}
