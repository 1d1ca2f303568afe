import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { ErrorHandler, NgModule } from '@angular/core';
import { BrowserModule } from '@angular/platform-browser';
import { provideRouter, withComponentInputBinding, withHashLocation } from '@angular/router';
import { provideTranslateService, TranslateLoader } from '@ngx-translate/core';
import { AppComponent } from './app.component';
import { ROUTES } from './app.routes';
import { AppErrorHandler } from './core/app-error-handler';
import { gatewayInterceptor } from './core/gateway.interceptor';
import { StaticTranslateLoader } from './core/static-translate-loader';

/** The module that the SDK's bootstrap requires; everything else is standalone. */
@NgModule({
  imports: [BrowserModule, AppComponent],
  providers: [
    provideRouter(ROUTES, withHashLocation(), withComponentInputBinding()),
    provideHttpClient(withInterceptors([gatewayInterceptor])),
    provideTranslateService({
      defaultLanguage: 'en',
      loader: { provide: TranslateLoader, useClass: StaticTranslateLoader },
    }),
    { provide: ErrorHandler, useClass: AppErrorHandler },
  ],
  bootstrap: [AppComponent],
})
export class AppModule {}
