import { hasVehicleCheckDigit, isVehicleNumber } from "../../numbering/vehicle-number.ts";
import { numberDetectors } from "../../surroundings/labelled-number.ts";

// The number of a vehicle (ISO 3779): 17 letters and digits without I, O and Q, the last three digits.
const VIN = "[A-HJ-NPR-Z\\d]{14}\\d{3}";
const VIN_IN_SMALL = "[a-hj-npr-z\\d]{14}\\d{3}";

export const vehicleNumbers = numberDetectors([
  {
    id: "vehicle-identification-number",
    entityType: "device_id",
    labels: [
      "vin",
      "vins",
      "vin no",
      "vin number",
      "vehicle identification",
      "vehicle identification number",
      "vehicle id",
      "chassis",
      "chassis number",
      "chassis no",
      "frame number",
      "fahrgestellnummer",
      "fahrgestell-nr",
      "fahrzeug-identifizierungsnummer",
      "fin",
      "numéro de châssis",
      "numéro de série du véhicule",
      "número de bastidor",
      "bastidor",
      "número de chasis",
      "numero di telaio",
      "telaio",
      "chassi",
      "chassisnummer",
      "numer vin",
      "차대번호",
      "車台番号",
      "车架号",
      "車架號",
    ],
    labelled: `${VIN}|${VIN_IN_SMALL}`,
    run: 3,
    lead: 14,
    accepts: isVehicleNumber,
    examples: {
      labelled: ["WVWZZZ1JZ3W386752", "1hgcm82633a004352"],
      wrong: ["1M8GDM9AIKP042788", "ABCDEFGHJKLMNP123"],
    },
  },
  {
    // North America and China demand a check digit.
    id: "vehicle-number-with-check-digit",
    entityType: "device_id",
    labels: ["vin"],
    alone: VIN,
    run: 3,
    lead: 14,
    accepts: hasVehicleCheckDigit,
    examples: { alone: ["1M8GDM9AXKP042788"], wrong: ["1M8GDM9A5KP042788"] },
  },
]);
