import { ChangeDetectionStrategy, Component } from '@angular/core';

/** The requests of the library, what needs it first. */
@Component({
  selector: 'app-work-list',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
export class WorkListComponent {}
