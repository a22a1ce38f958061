import { createHash, verify, X509Certificate } from "node:crypto";
import { type Der, membersOf, readAll, readDer, readOid, tags, writeDer, writeInteger, writeOid } from "./der.ts";

// Of RFC 3161 (time stamps), RFC 5652 (signed data) and RFC 5816 (which certificate signed).
const oids = {
  sha256: "2.16.840.1.101.3.4.2.1",
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  timeStamping: "1.3.6.1.5.5.7.3.8",
} as const;

const hashes: Readonly<Record<string, string>> = {
  [oids.sha256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
/** How a signature was made: the hash it names, or "" where the digest of the signer says it. */
const signatures: Readonly<Record<string, string | null>> = {
  "1.2.840.113549.1.1.1": "",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.3.101.112": null,
};
const CHAIN_MAX = 5;

/** A time-stamp request for a SHA-256, with a nonce of 8 bytes, asking for the certificate. */
export function timestampRequest(hash: Buffer, nonce: Buffer): Buffer {
  const algorithm = writeDer(tags.sequence, writeOid(oids.sha256), writeDer(tags.null));
  const imprint = writeDer(tags.sequence, algorithm, writeDer(tags.octets, hash));
  return writeDer(tags.sequence, writeInteger(Buffer.of(1)), imprint, writeInteger(nonce), writeDer(tags.boolean, Buffer.of(0xff)));
}

/** The token in an answer; a sentence when the authority refused or the answer is none. */
export function tokenOfResponse(answer: Buffer): { readonly token: Buffer } | { readonly fault: string } {
  try {
    const [status, token] = membersOf(readDer(answer));
    const granted = membersOf(status)[0]?.body;
    if (granted?.length !== 1 || (granted[0] ?? 9) > 1) return { fault: "the authority refused" };
    return token === undefined ? { fault: "the authority sent no time stamp" } : { token: Buffer.from(token.raw) };
  } catch {
    return { fault: "the answer is no time stamp" };
  }
}

export interface TimestampCheck {
  readonly fault: string | null;
  readonly stampedAt: Date | null;
  /** The certificate leads to one of those given. */
  readonly trusted: boolean;
}

export interface TimestampExpected {
  /** SHA-256 that must have been stamped. */
  readonly hash: Buffer;
  /** Only right after asking: the nonce that was sent. */
  readonly nonce?: Buffer;
  /** PEM texts; when there are any, the signer must lead to one of them. */
  readonly certificates: readonly string[];
}

/** Imprint, nonce, signature, purpose and dates of the certificate, and whom it leads to. Never fails: what is wrong is `fault`. */
export function checkTimestamp(token: Buffer, expected: TimestampExpected): TimestampCheck {
  try {
    const signed = readToken(token);
    const info = readInfo(signed.content);
    const fault = imprintFault(info, expected) ?? signatureFault(signed) ?? certificateFault(signed, info.stampedAt);
    const trusted = leadsTo(signed.certificate, signed.others, expected.certificates);
    const stranger = expected.certificates.length > 0 && !trusted ? "its certificate leads to none of those given" : null;
    return { fault: fault ?? stranger, stampedAt: info.stampedAt, trusted: fault === null && trusted };
  } catch {
    return { fault: "it cannot be read", stampedAt: null, trusted: false };
  }
}

interface Token {
  readonly content: Buffer;
  readonly attributes: Buffer;
  readonly attributeOf: (oid: string) => Der | undefined;
  readonly digest: string;
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
  readonly certificate: X509Certificate;
  readonly others: readonly X509Certificate[];
}

function readToken(token: Buffer): Token {
  const [kind, wrapped] = membersOf(readDer(token));
  if (readOid(kind) !== oids.signedData) throw new RangeError("not signed data");
  const members = membersOf(membersOf(wrapped, tags.context0)[0]);
  const [contentKind, content] = membersOf(members[2]);
  if (readOid(contentKind) !== oids.timestampInfo) throw new RangeError("not a time stamp");
  const certificates = readAll(members.find(({ tag }) => tag === tags.context0)?.body ?? Buffer.alloc(0)).map(
    ({ raw }) => new X509Certificate(raw),
  );
  const signer = membersOf(membersOf(members.at(-1), tags.set)[0]);
  const [, sid, digest, attributes, algorithm, signature] = signer;
  if (attributes?.tag !== tags.context0 || signature === undefined || sid === undefined) throw new RangeError("no signed attributes");
  const certificate = certificates.find((candidate) => isNamedBy(candidate, sid));
  if (certificate === undefined) throw new RangeError("the signer's certificate is missing");
  const listed = readAll(attributes.body).map((attribute) => membersOf(attribute));
  return {
    content: membersOf(content, tags.context0)[0]?.body ?? Buffer.alloc(0),
    // Signed as the set they are, not under the tag they travel with.
    attributes: Buffer.concat([Buffer.of(tags.set), attributes.raw.subarray(1)]),
    attributeOf: (oid) => membersOf(listed.find(([name]) => readOid(name) === oid)?.[1], tags.set)[0],
    digest: hashes[readOid(membersOf(digest)[0])] ?? "",
    signatureAlgorithm: readOid(membersOf(algorithm)[0]),
    signature: signature.body,
    certificate,
    others: certificates.filter((other) => other !== certificate),
  };
}

/** Issuer and serial number of the signer, as they stand in the certificate. */
function isNamedBy(certificate: X509Certificate, sid: Der): boolean {
  if (sid.tag !== tags.sequence) return false;
  const [issuer, serial] = readAll(sid.body);
  const body = membersOf(membersOf(readDer(certificate.raw))[0]);
  const [serialOwn, , issuerOwn] = body[0]?.tag === tags.context0 ? body.slice(1) : body;
  return (
    issuer !== undefined && serial !== undefined && serialOwn?.raw.equals(serial.raw) === true && issuerOwn?.raw.equals(issuer.raw) === true
  );
}

interface Info {
  readonly algorithm: string;
  readonly imprint: Buffer;
  readonly stampedAt: Date;
  readonly nonce: Buffer | null;
}

function readInfo(content: Buffer): Info {
  const [, , imprint, , time, ...further] = membersOf(readDer(content));
  const [algorithm, hashed] = membersOf(imprint);
  const text = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(time?.tag === tags.time ? time.body.toString("latin1") : "");
  if (text === null || hashed === undefined) throw new RangeError("not the content of a time stamp");
  const [, year, month, day, hour, minute, second, fraction = ""] = text;
  return {
    algorithm: readOid(membersOf(algorithm)[0]),
    imprint: hashed.body,
    stampedAt: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`),
    nonce: further.find(({ tag }) => tag === tags.integer)?.raw ?? null,
  };
}

function imprintFault(info: Info, { hash, nonce }: TimestampExpected): string | null {
  if (info.algorithm !== oids.sha256 || !info.imprint.equals(hash)) return "it stamps something else";
  if (nonce !== undefined && info.nonce?.equals(writeInteger(nonce)) !== true) return "it answers another request";
  return null;
}

function signatureFault(token: Token): string | null {
  const { content, attributes, attributeOf, digest, signatureAlgorithm, signature, certificate } = token;
  if (digest === "" || !Object.hasOwn(signatures, signatureAlgorithm)) return "it is signed in a way that is not known here";
  if (readOid(attributeOf(oids.contentType)) !== oids.timestampInfo) return "its signature is for something else";
  if (attributeOf(oids.messageDigest)?.body.equals(createHash(digest).update(content).digest()) !== true) return "its content was changed";
  if (!namesCertificate(token)) return "it names another certificate";
  const named = signatures[signatureAlgorithm];
  const fits = verify(named === null ? null : named || digest, attributes, certificate.publicKey, signature);
  return fits ? null : "its signature does not fit";
}

/** The attribute that says by its hash which certificate signed (RFC 5035, RFC 5816); one of the two forms must be there. */
function namesCertificate({ attributeOf, certificate }: Token): boolean {
  const form = [oids.signingCertificateV2, oids.signingCertificate].find((oid) => {
    try {
      return attributeOf(oid) !== undefined;
    } catch {
      return false;
    }
  });
  if (form === undefined) return false;
  const parts = membersOf(membersOf(membersOf(attributeOf(form))[0])[0]);
  const algorithm = parts[0]?.tag === tags.sequence ? hashes[readOid(membersOf(parts[0])[0])] : "sha256";
  const hash = form === oids.signingCertificate ? "sha1" : algorithm;
  const named = parts.find(({ tag }) => tag === tags.octets)?.body;
  return hash !== undefined && named?.equals(createHash(hash).update(certificate.raw).digest()) === true;
}

function certificateFault({ certificate }: Token, stampedAt: Date): string | null {
  if (!(certificate.keyUsage ?? []).includes(oids.timeStamping)) return "its certificate is not for time stamps";
  const valid = stampedAt >= new Date(certificate.validFrom) && stampedAt <= new Date(certificate.validTo);
  return valid ? null : "its certificate was not valid at that time";
}

function leadsTo(certificate: X509Certificate, others: readonly X509Certificate[], pems: readonly string[]): boolean {
  const given = pems.map((pem) => new X509Certificate(pem));
  let current = certificate;
  for (let step = 0; step < CHAIN_MAX; step += 1) {
    const here = current;
    if (given.some((one) => one.raw.equals(here.raw) || isIssuer(one, here))) return true;
    const next = others.find((other) => other !== here && isIssuer(other, here));
    if (next === undefined) return false;
    current = next;
  }
  return false;
}

function isIssuer(issuer: X509Certificate, of: X509Certificate): boolean {
  return issuer.ca && of.checkIssued(issuer) && of.verify(issuer.publicKey);
}
