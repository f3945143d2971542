import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Keys of exchanges and of gateways to block chains.
export const cryptoExchanges: readonly Detector[] = [
  token({ id: "coinbase-key-name", form: "organizations/{uuid}/apiKeys/{uuid}" }),
  token({ id: "coinbase-token", form: ["{base64url:64}", "{base62:32}", "{base62:16}"], near: ["coinbase"] }),
  token({ id: "kraken-secret", form: ["{base64:80-90}(==|=|)", "{[\\w+/=-]:80-90}", "{base64:56}"], near: ["kraken"] }),
  token({ id: "gemini-exchange-key", form: "(account|master)-{base62:20}", random: true }),
  token({
    id: "etherscan-key",
    form: "{upper:34}",
    near: ["etherscan", "bscscan", "polygonscan", "arbiscan", "basescan"],
  }),
  token({ id: "alchemy-token", form: "alcht_{base62:30}" }),
  token({ id: "infura-project-url", form: "infura.io/(v3|ws/v3)/{hex:32}" }),
  token({ id: "alchemy-url", form: "(alchemy.com|alchemyapi.io)/v2/{base64url:32}" }),
  token({ id: "blockfrost-project-id", form: "(mainnet|preprod|preview|testnet|ipfs){base62:32}", random: true }),
  token({ id: "coingecko-key", form: "CG-{base62:24}", random: true }),
  token({
    id: "named-exchange-key",
    form: [
      "{uuid}",
      "{base62:64}",
      "{base64url:48}",
      "{base62:43}",
      "{base62:40}",
      "{base62:36}",
      "{base64url:32}",
      "{hex:24}",
    ],
    near: [
      ..."binance kucoin bittrex bitfinex bitmex bybit okx_ okex gateio upbit bithumb 업비트 빗썸".split(" "),
      ...["infura", "alchemy_api", "alchemy api", "alchemy_key", "coinmarketcap", "cmc_pro", "cmc_api", "coinapi"],
    ],
  }),
];
