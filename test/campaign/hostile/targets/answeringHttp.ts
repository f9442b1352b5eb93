import { fail, type Result, succeed } from '../../../../src/core/result.ts';
import type { HttpFailure } from '../../../../src/http/httpFailure.ts';
import type { HttpClient, HttpResponse } from '../../../../src/http/request.ts';

/** An HTTP client whose server answers every request with the bytes of now, without a network. */
export function answeringHttp(): { readonly http: HttpClient; answer(bytes: Uint8Array): void } {
  let bytes = Buffer.alloc(0);
  let asked = 0;
  const http: HttpClient = ({ method, path }): Promise<Result<HttpResponse, HttpFailure>> => {
    asked += 1;
    // A server that always has one page more would be asked for ever.
    if (asked > MOST_REQUESTS)
      throw new Error(`broken rule: one question asks ${MOST_REQUESTS} times at most`);
    const description = `${method} http://server${path}`.slice(0, 200);
    const body = bytes.toString('utf8');
    // Every fifth answer is a refusal with the same body.
    if (bytes.length % 5 === 4) {
      const status = [400, 404, 422, 500, 503][(bytes.length % 25) % 5] ?? 500;
      return Promise.resolve(
        fail({ kind: 'status', status, body: body.slice(0, 65_536), message: description }),
      );
    }
    const headers = { etag: body.slice(0, 50), 'content-range': body.slice(0, 50), date: body.slice(0, 50) };
    return Promise.resolve(
      succeed({ status: bytes.length % 2 === 0 ? 200 : 206, headers, bytes, body, description }),
    );
  };
  return {
    http,
    answer: (given) => {
      bytes = Buffer.from(given);
      asked = 0;
    },
  };
}

const MOST_REQUESTS = 500;
