import type { Result } from '../core/result.ts';
import type { HttpFailure } from '../http/httpFailure.ts';
import type { HttpClient, HttpResponse } from '../http/request.ts';
import type { StashSignIn } from './signIn.ts';

/** The same client, whose every request shows who asks. What Stash answers 401 to, it has done nothing of. */
export function signedIn(http: HttpClient, signIn: StashSignIn): HttpClient {
  const send: HttpClient = async (request): Promise<Result<HttpResponse, HttpFailure>> => {
    const proof = signIn.headers();
    const sent = await http({ ...request, headers: { ...request.headers, ...proof } });
    if (sent.ok) signIn.noteAnswer(sent.value.headers);
    const isRefused = !sent.ok && sent.failure.kind === 'status' && sent.failure.status === 401;
    return isRefused && signIn.noteRefusal(proof) ? send(request) : sent;
  };
  return send;
}
