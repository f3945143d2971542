import type { Detector } from "../../detector.ts";
import { advertisingId } from "./advertising-id.ts";
import { coordinateField } from "./coordinate-field.ts";
import { coordinates } from "./coordinates.ts";
import { coordinatesAlone } from "./coordinates-alone.ts";
import { coordinatesDms } from "./coordinates-dms.ts";
import { deviceIdField } from "./device-id-field.ts";
import { imei } from "./imei.ts";
import { ipAddressAlone } from "./ip-address-alone.ts";
import { ipAddressCalledIp } from "./ip-address-called-ip.ts";
import { ipAddressField } from "./ip-address-field.ts";
import { ipAddressInUse, ipAddressOfDigitsInUse } from "./ip-address-in-use.ts";
import { ipv4Address } from "./ipv4-address.ts";
import { ipv6Address } from "./ipv6-address.ts";
import { ipv6AddressFull } from "./ipv6-address-full.ts";
import { labelledDeviceNumber } from "./labelled-device-number.ts";
import { macAddress } from "./mac-address.ts";
import { macAddressCalledMac } from "./mac-address-called-mac.ts";
import { macAddressField } from "./mac-address-field.ts";
import { vehicleNumbers } from "./vehicle-numbers.ts";

export const networkDetectors: readonly Detector[] = [
  ipAddressField,
  ipAddressCalledIp,
  ipv4Address,
  ipAddressInUse,
  ipAddressOfDigitsInUse,
  ipv6Address,
  ipv6AddressFull,
  ipAddressAlone,
  macAddressField,
  macAddressCalledMac,
  macAddress,
  imei,
  labelledDeviceNumber,
  deviceIdField,
  advertisingId,
  ...vehicleNumbers,
  coordinates,
  coordinatesDms,
  coordinatesAlone,
  coordinateField,
];
