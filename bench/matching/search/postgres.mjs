// A client of PostgreSQL in its simplest protocol: one connection, no password (a cluster of one's own on this machine).
import { once } from 'node:events';
import { createConnection } from 'node:net';

const encode = (type, ...parts) => {
  const body = Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(`${part}\0`))));
  const head = Buffer.alloc(type ? 5 : 4);
  if (type) head.write(type);
  head.writeInt32BE(body.length + 4, type ? 1 : 0);
  return Buffer.concat([head, body]);
};

export class Postgres {
  #socket;
  #pending = Buffer.alloc(0);
  #waiting = null;

  /** @param url postgres://user@host:port/database */
  static async connect(url) {
    const { hostname, port, username, pathname } = new URL(url);
    const client = new Postgres();
    client.#socket = createConnection({ host: hostname, port: Number(port || 5432), noDelay: true });
    await once(client.#socket, 'connect');
    client.#socket.on('data', (chunk) => client.#read(chunk));
    client.#socket.on('error', (error) => client.#waiting?.reject(error));
    const version = Buffer.from([0, 3, 0, 0]);
    const settings = ['user', username, 'database', pathname.slice(1), 'client_encoding', 'UTF8', ''];
    await client.#ask(encode('', version, ...settings));
    return client;
  }

  /** @returns rows of the last statement, each an array of texts */
  query(sql) {
    return this.#ask(encode('Q', sql));
  }

  /** COPY … FROM STDIN; `produce` calls its argument with text and awaits it. */
  async copy(sql, produce) {
    const done = this.query(sql);
    const write = async (text) => {
      if (!this.#socket.write(encode('d', Buffer.from(text)))) await once(this.#socket, 'drain');
    };
    await produce(write);
    this.#socket.write(encode('c'));
    return done;
  }

  close() {
    this.#socket.end(encode('X'));
  }

  #ask(message) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, rows: [], error: null };
      this.#socket.write(message);
    });
  }

  #read(chunk) {
    let data = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    while (data.length >= 5 && data.length > data.readInt32BE(1)) {
      const end = data.readInt32BE(1) + 1;
      this.#take(String.fromCharCode(data[0]), data.subarray(5, end));
      data = data.subarray(end);
    }
    this.#pending = data;
  }

  #take(type, body) {
    const waiting = this.#waiting;
    if (type === 'R' && body.readInt32BE(0) !== 0) waiting.reject(new Error('the server asks for a password'));
    else if (type === 'T') waiting.rows = [];
    else if (type === 'D') waiting.rows.push(fields(body));
    else if (type === 'E') waiting.error = new Error(body.toString().replaceAll('\0', ' '));
    else if (type === 'Z') {
      if (waiting.error) waiting.reject(waiting.error);
      else waiting.resolve(waiting.rows);
    }
  }
}

function fields(body) {
  const values = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    if (length > 0) at += length;
  }
  return values;
}
