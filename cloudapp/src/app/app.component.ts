import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { SessionService } from './core/session.service';
import { valueOf } from './core/remote';
import { NoRoleComponent } from './start/no-role.component';

@Component({
  selector: 'app-root',
  standalone: true,
  imports: [NoRoleComponent, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      @if (withoutRole(); as user) {
        <app-no-role [user]="user" />
      } @else {
        <router-outlet />
      }
    </main>
  `,
  styles: `
    main {
      margin: 0 auto;
      padding: 0.5rem 0.75rem 1rem;
    }
    /* Otherwise the empty line before the page would print as a sheet of its own. */
    @media print {
      router-outlet {
        display: none;
      }
      main {
        padding: 0;
      }
    }
  `,
})
export class AppComponent {
  private readonly session = inject(SessionService);
  private readonly url = toSignal(
    inject(Router).events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(({ urlAfterRedirects }) => urlAfterRedirects),
    ),
    { initialValue: '' },
  );
  /**
   * Id of a user who may not read. /config stays available to this user, because the setting may name the wrong
   * gateway.
   */
  protected readonly withoutRole = computed(() => {
    const user = valueOf(this.session.session())?.me.user;
    return user?.mayRead === false && !this.url().startsWith('/config') ? user.id : undefined;
  });
}
