import { ChangeDetectorRef, inject, type OnDestroy, Pipe, type PipeTransform } from '@angular/core';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import type { StateId } from '../../domain/ill/states';

/**
 * The name of a request's state: NACSIS-ILL's own, in English with a gloss (発送 · shipped). A state unknown to the app
 * is shown with NACSIS-ILL's text.
 */
@Pipe({ name: 'stateName', standalone: true, pure: false })
export class StateNamePipe implements PipeTransform, OnDestroy {
  private readonly words = new TranslatePipe(inject(TranslateService), inject(ChangeDetectorRef));

  transform({ state, externalStatus }: { readonly state: StateId | null; readonly externalStatus: string }): string {
    return state === null ? externalStatus : (this.words.transform(`state.${state}`) as string);
  }

  ngOnDestroy(): void {
    this.words.ngOnDestroy();
  }
}
