import { HttpContextToken, HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, switchMap, throwError, type Observable } from 'rxjs';
import { AuthTokenService } from './auth-token.service';

/** Marks calls to the gateway; only these get the token. */
export const FOR_GATEWAY = new HttpContextToken<boolean>(() => false);

/** Adds the host's token. On 401 retries once with a new token, because nothing was done under the old token. */
export const gatewayInterceptor: HttpInterceptorFn = (request, next) => {
  if (!request.context.get(FOR_GATEWAY)) return next(request);
  const tokens = inject(AuthTokenService);
  const send = (token: string) => next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }));
  return tokens.token().pipe(
    switchMap((token) =>
      send(token).pipe(
        catchError((error: unknown): Observable<never> | ReturnType<typeof next> => {
          if (!(error instanceof HttpErrorResponse) || error.status !== 401) return throwError(() => error);
          tokens.forget(token);
          return tokens.token().pipe(switchMap(send));
        }),
      ),
    ),
  );
};
