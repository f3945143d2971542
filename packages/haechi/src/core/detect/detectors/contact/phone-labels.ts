/** Words before (or, in a table, near) phone numbers, by language; each also ends a longer name: homePhone, TEL. */
export const PHONE_LABELS: readonly string[] = [
  ..."phone,phones,mobiles,phonenumber,telephone,cellphone,mobile,cell,tel,telno,fax,faxno,whatsapp,hotline,landline,msisdn".split(
    ",",
  ),
  ..."telefon,telefonnummer,handy,handynummer,mobil,mobilnummer,rufnummer,téléphone,portable,teléfono,telefono".split(
    ",",
  ),
  ..."celular,móvil,movil,telefone,telemóvel,cellulare,telefoon,telefoonnummer,mobiel,gsm,telefonu,cep telefonu,puhelin,puh,matkapuhelin".split(
    ",",
  ),
  ..."telefonszám,tlf,tfno,telf,komórka,tél,nomor telepon,nomor hp,điện thoại,sđt,số điện thoại".split(","),
  ..."전화,전화번호,휴대폰,휴대전화,핸드폰,연락처,팩스,고객센터,대표번호,대표전화,문의,문의전화,電話,電話番号,携帯,携帯電話,ファックス,电话,手机,手机号,传真,手機,傳真".split(
    ",",
  ),
  ..."телефон,тел,моб,факс,мобильный,мобільний,τηλ,τηλέφωνο,κινητό,โทร,โทรศัพท์,มือถือ,هاتف,جوال,تلفون,تلفن,موبایل".split(
    ",",
  ),
  ..."טלפון,נייד,फ़ोन,फोन,मोबाइल,ফোন".split(","),
];

/** What people say right before the number at which they can be reached, by language. */
export const CALLING_PHRASES: readonly string[] = [
  ..."call,dial,call me at,call me on,reach me at,reach me on,text me at,text me on,ring me on,ring me at,a ring on".split(
    ",",
  ),
  ..."contact me at,contact me on,sms to,toll-free,toll free,my number,mich unter,uns unter,ruf mich an,rufen sie".split(
    ",",
  ),
  ..."meine nummer,meine nummer lautet,erreichbar,erreichbar unter,mon numéro est le,moi au,appelez le,joindre au".split(
    ",",
  ),
  ..."joignable au,mi número,mi numero,llámame al,llamame al,llame al,llamar al,contactar en el,il mio numero".split(
    ",",
  ),
  ..."chiamami al,mijn nummer,bel me op,meu número,ligue para,мой номер,по номеру,連絡先,お問い合わせ,☎".split(","),
  ..."拨打,致电,撥打,致電".split(","),
];
