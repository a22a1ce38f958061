import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";
import { membersOf, readDer, tags, writeDer, writeInteger, writeOid } from "../../server/governance/audit-seals/proof/der.ts";

// A time-stamping authority of one's own (RFC 3161), for tests: what a real one sends, and what a bad one could.

const ecdsaSha256 = "1.2.840.10045.4.3.2";
const sha256 = "2.16.840.1.101.3.4.2.1";
const seq = (...parts: Buffer[]) => writeDer(tags.sequence, ...parts);
const set = (...parts: Buffer[]) => writeDer(tags.set, ...parts);
const number = (value: number) => writeInteger(Buffer.of(value));
const algorithm = (oid: string, ...more: Buffer[]) => seq(writeOid(oid), ...more);
const time = (moment: Date) => writeDer(tags.time, Buffer.from(`${moment.toISOString().replace(/[-:T]|\.\d+/g, "")}`));

export interface AuthorityFaults {
  /** Stamps this instead of what it was asked. */
  readonly imprint?: Buffer;
  readonly nonce?: Buffer;
  readonly stampedAt?: Date;
  /** Signs with a key that is not the certificate's. */
  readonly strangerSigns?: boolean;
  /** Changes the content after signing. */
  readonly editsContent?: boolean;
}

export interface Authority {
  /** PEM of the certificate that issued the signer's. */
  readonly rootPem: string;
  answer(request: Buffer, faults?: AuthorityFaults): Buffer;
}

/** `purpose`: extended key usage of the signer; a right one is that of time stamps. */
export function makeAuthority(purpose = "1.3.6.1.5.5.7.3.8"): Authority {
  const root = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signer = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const rootCertificate = certificate({
    serial: 1,
    subject: "Root",
    issuer: "Root",
    publicKey: root.publicKey,
    signedBy: root.privateKey,
    extension: extension("2.5.29.19", seq(writeDer(tags.boolean, Buffer.of(0xff)))),
  });
  const own = certificate({
    serial: 2,
    subject: "Clock",
    issuer: "Root",
    publicKey: signer.publicKey,
    signedBy: root.privateKey,
    extension: extension("2.5.29.37", seq(writeOid(purpose))),
  });
  return {
    rootPem: new X509Certificate(rootCertificate).toString(),
    answer(request, faults = {}) {
      const [, imprint, nonce] = membersOf(readDer(request));
      const asked = membersOf(imprint)[1]?.body ?? Buffer.alloc(0);
      const stamped = seq(algorithm(sha256), writeDer(tags.octets, faults.imprint ?? asked));
      const returned = faults.nonce === undefined ? (nonce?.raw ?? Buffer.alloc(0)) : writeInteger(faults.nonce);
      const info = seq(number(1), writeOid("1.3.6.1.4.1.32473.1"), stamped, number(7), time(faults.stampedAt ?? new Date()), returned);
      const key = faults.strangerSigns ? stranger.privateKey : signer.privateKey;
      return seq(
        seq(number(0)),
        signedData(info, own, key, faults.editsContent ? Buffer.concat([info.subarray(0, -1), Buffer.of(0x55)]) : info),
      );
    },
  };
}

function signedData(info: Buffer, certificateDer: Buffer, key: KeyObject, sent: Buffer): Buffer {
  const attribute = (oid: string, value: Buffer) => seq(writeOid(oid), set(value));
  const attributes = Buffer.concat([
    attribute("1.2.840.113549.1.9.3", writeOid("1.2.840.113549.1.9.16.1.4")),
    attribute("1.2.840.113549.1.9.4", writeDer(tags.octets, createHash("sha256").update(info).digest())),
    attribute("1.2.840.113549.1.9.16.2.47", seq(seq(seq(writeDer(tags.octets, createHash("sha256").update(certificateDer).digest()))))),
  ]);
  const signer = seq(
    number(1),
    seq(name("Root"), number(2)),
    algorithm(sha256),
    writeDer(tags.context0, attributes),
    algorithm(ecdsaSha256),
    writeDer(tags.octets, sign("sha256", set(attributes), key)),
  );
  const content = seq(writeOid("1.2.840.113549.1.9.16.1.4"), writeDer(tags.context0, writeDer(tags.octets, sent)));
  const data = seq(number(3), set(algorithm(sha256)), content, writeDer(tags.context0, certificateDer), set(signer));
  return seq(writeOid("1.2.840.113549.1.7.2"), writeDer(tags.context0, data));
}

function name(text: string): Buffer {
  return seq(set(seq(writeOid("2.5.4.3"), writeDer(0x0c, Buffer.from(text)))));
}

function extension(oid: string, value: Buffer): Buffer {
  return seq(writeOid(oid), writeDer(tags.boolean, Buffer.of(0xff)), writeDer(tags.octets, value));
}

interface CertificateParts {
  readonly serial: number;
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly extension: Buffer;
}

function certificate({ serial, subject, issuer, publicKey, signedBy, extension: added }: CertificateParts): Buffer {
  const body = seq(
    writeDer(tags.context0, number(2)),
    number(serial),
    algorithm(ecdsaSha256),
    name(issuer),
    seq(time(new Date("2020-01-01T00:00:00Z")), time(new Date("2049-12-31T00:00:00Z"))),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    writeDer(0xa3, seq(added)),
  );
  return seq(body, algorithm(ecdsaSha256), writeDer(0x03, Buffer.of(0), sign("sha256", body, signedBy)));
}
