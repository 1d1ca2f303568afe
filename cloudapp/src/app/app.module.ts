import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { APP_INITIALIZER, ErrorHandler, inject, NgModule } from '@angular/core';
import { BrowserModule } from '@angular/platform-browser';
import { provideRouter, withComponentInputBinding, withHashLocation } from '@angular/router';
import { provideTranslateService, TranslateLoader } from '@ngx-translate/core';
import { AppComponent } from './app.component';
import { ROUTES } from './app.routes';
import { AppearanceService } from './core/appearance.service';
import { AppErrorHandler } from './core/app-error-handler';
import { gatewayInterceptor } from './core/gateway.interceptor';
import { MessageLoader } from './core/message-loader';

/** The module that the SDK's bootstrap requires; everything else is standalone. */
@NgModule({
  imports: [BrowserModule, AppComponent],
  providers: [
    provideRouter(ROUTES, withHashLocation(), withComponentInputBinding()),
    // Uses fetch, because it delivers streams of the gateway as they arrive.
    provideHttpClient(withFetch(), withInterceptors([gatewayInterceptor])),
    provideTranslateService({ loader: { provide: TranslateLoader, useClass: MessageLoader } }),
    // Shows nothing before the messages are loaded.
    {
      provide: APP_INITIALIZER,
      multi: true,
      useFactory: () => {
        const appearance = inject(AppearanceService);
        return () => appearance.start();
      },
    },
    { provide: ErrorHandler, useClass: AppErrorHandler },
  ],
  bootstrap: [AppComponent],
})
export class AppModule {}
