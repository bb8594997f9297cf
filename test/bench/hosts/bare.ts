import { createServer } from 'node:http'

/** A door that reads nothing and refuses everybody: the least that a request of a stranger costs the machine. */
createServer((request, answer) => {
  if (request.url === '/healthz') return answer.end('{}')
  answer.writeHead(401, { connection: 'close' }).end('{"error":"refused"}')
}).listen(Number(process.env.PORT), '127.0.0.1')
