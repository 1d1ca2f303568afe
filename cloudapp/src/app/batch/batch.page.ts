import { ChangeDetectionStrategy, Component } from '@angular/core';

/** One action on many requests. */
@Component({
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
export class BatchPage {}
