import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { branching } from "../../secrets/secret-names.ts";
import { looksLikeCredentials } from "../../secrets/user-and-password.ts";

const SITES = (
  "http https ws wss ftp ftps ftpes sftp scp ssh telnet vnc rdp smb cifs afp rtsp rtmp sip socks socks4 " +
  "socks5 socks5h proxy git svn hg ldap ldaps smtp smtps imap imaps pop3 pop3s webdav dav davs"
).split(" ");
const STORES = (
  "postgres postgresql postgis pgsql psql mysql mysqlx mysql2 mariadb mssql sqlserver oracle db2 sqlite mongodb mongo " +
  "redis rediss valkey memcached amqp amqps pyamqp librabbitmq rabbitmq mqtt mqtts stomp kafka nats nats-tls pulsar clickhouse " +
  "cockroachdb cockroach cassandra scylla couchbase couchbases couchdb neo4j neo4js bolt arangodb influxdb " +
  "elasticsearch opensearch es solr snowflake redshift vertica hive impala presto trino druid databricks " +
  "teradata firebird sybase hana exasol timescaledb libsql turso jdbc jaybird zookeeper consul etcd celery " +
  "sentry minio s3"
).split(" ");
const SCHEMES = [...SITES, ...STORES];

// RFC 3986 §3.2.1: `scheme://name:password@host`. The scheme is what the credential, name and
// password in one, is known by; host and path stay. People write passwords as they are, so all but a slash may stand in one.
const NAME = "[^\\s:@/?#\"'<>`\\\\\\0-\\x1f\\x7f]{1,128}";
const PASSWORD = "[^\\s/@\"'<>`\\\\\\0-\\x1f\\x7f]{1,256}(?:@[^\\s/@,\"'<>`\\\\.\\0-\\x1f\\x7f]{1,64}){0,2}";

const pattern = lazily(
  () =>
    new RegExp(
      `(?<![\\w+.-])${branching(SCHEMES)}(?::|\\+[\\w-]{1,24}:)\\\\?/\\\\?/(?::(?<value>${PASSWORD})|(?<value>${NAME}:${PASSWORD}))@[\\w[$({%*.-]`,
      "i",
    ),
);

export const urlCredentials: Detector = {
  id: "url-credentials",
  entityType: "secret",
  confidence: 0.85,
  // The first @ stands in the password or behind it.
  anchor: { kind: "at-sign", lead: 385 },
  get pattern() {
    return pattern();
  },
  accepts: looksLikeCredentials,
  samples: {
    finds: [
      { text: "https://jane:s3same@example.com/x", match: "jane:s3same", why: "a site" },
      { text: "DATABASE_URL=postgres://app:hunter2%21@db:5432/app", match: "app:hunter2%21", why: "a database" },
      { text: "redis://:aB3dE6gH@cache:6379", match: "aB3dE6gH", why: "no name" },
      { text: "mongodb+srv://u:aB3dE6gH@c0.example.net", match: "u:aB3dE6gH", why: "a scheme with a +" },
      {
        text: "postgresql+psycopg2://u:p@ss:w0rd!@db/x",
        match: "u:p@ss:w0rd!",
        why: "a password with marks, a driver",
      },
      { text: "jdbc:mysql://root:Tr0ub4dor@db:3306/x", match: "root:Tr0ub4dor", why: "JDBC" },
    ],
    ignores: [
      { text: "https://example.com:8080/a@b", why: "a port and a path" },
      { text: "https://example.com:8080?mail=a@b.example", why: "a port and a query" },
      { text: "https://user:password@host", why: "a placeholder" },
      { text: "postgres://postgres:postgres@localhost/x", why: "a default that is no secret" },
      { text: `https://u:$${"{PASSWORD}"}@host`, why: "a template" },
      { text: "https://u:<password>@host", why: "a blank to fill in" },
      { text: "postgres://app@db/app", why: "a name alone" },
      { text: "http://[::1]:8080/", why: "an address of IPv6" },
    ],
  },
};
