import { labelWords } from "../surroundings/label-words.ts";

/**
 * Words right before a number which say that it is something else than the number
 * of a person. For shapes that many numbers share.
 */
export const otherNumberWords: readonly string[] = labelWords(
  "account,acct,konto,kontonummer,rekening,invoice,rechnung,factuur,order,bestellung,tracking,parcel,shipment,phone,tel,telephone,mobile,fax,whatsapp,isbn,issn,ean,upc,gtin,sku,barcode,serial,imei,iccid,port,pid,offset,bytes,timestamp,epoch,version,build,계좌,주문,송장,전화,電話,注文",
);
