import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'nacsis-imports-page',
  standalone: true,
  template: '',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportsPage {}
