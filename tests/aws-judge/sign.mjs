// Signs requests with the signer of the official SDK. Takes a list of them as JSON and prints what the header Authorization is of each.
import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256')
  }

  update(data) {
    this.hash.update(data)
  }

  async digest() {
    return this.hash.digest()
  }
}

const signed = []
for (const { region, service, keys, time, method, host, port, headers, body } of JSON.parse(process.argv[2])) {
  const signer = new SignatureV4({
    region, service, sha256: Sha256, applyChecksum: false,
    credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret, sessionToken: keys.token ?? undefined },
  })
  const request = { method, protocol: 'https:', hostname: host, port, path: '/', query: {}, headers, body: Buffer.from(body, 'base64') }
  signed.push((await signer.sign(request, { signingDate: new Date(time) })).headers.authorization)
}

console.log(JSON.stringify(signed))
