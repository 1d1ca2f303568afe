import { computed, inject, Injectable, signal } from '@angular/core';
import type { Template } from '../../domain/api-profile';
import { MAX_TEMPLATES } from '../../domain/templates';
import { DeskService } from '../core/desk.service';
import { LibraryProfile } from '../core/library-profile';
import { valueOf } from '../core/remote';
import { OrderFormStore } from './order-form.store';
import { isForKind, TEMPLATE_FIELDS } from './order-fields';

/** Named values that the library's staff share. A chosen one fills the form under what is typed; managers save and remove them. */
@Injectable()
export class TemplatesStore {
  private readonly desk = inject(DeskService);
  private readonly form = inject(OrderFormStore);
  private readonly shared = new LibraryProfile();
  private readonly profile = this.shared.profile;
  readonly readError = this.shared.readError;
  readonly saveError = this.shared.saveError;
  readonly chosenName = signal('');
  readonly offered = computed<readonly Template[]>(() =>
    (this.profile()?.templates ?? []).filter(({ kind }) => kind === undefined || kind === this.form.kind()),
  );
  readonly chosen = computed<Template | undefined>(() => this.offered().find(({ name }) => name === this.chosenName()));
  readonly mayChange = computed(() => valueOf(this.desk.desk())?.me.user.mayManage === true);
  readonly isFull = computed(() => (this.profile()?.templates.length ?? 0) >= MAX_TEMPLATES);

  choose(name: string): void {
    const before = this.chosen()?.values['comment'];
    this.chosenName.set(name);
    const comment = this.form.comment();
    // A comment that was typed stays; one that the template before had brought goes with it.
    if (comment === '' || comment === before) this.form.typeComment(this.chosen()?.values['comment'] ?? '');
  }

  /** What is on the form now, without what belongs to this request and its patron, under this name; an older one of the name is replaced. */
  save(name: string): void {
    const kind = this.form.kind();
    const values = this.form.values();
    const kept = TEMPLATE_FIELDS.filter((field) => isForKind(field, kind)).flatMap((field) =>
      values[field] === undefined ? [] : [[field, values[field]] as const],
    );
    const comment = this.form.comment();
    const template: Template = {
      name,
      kind,
      values: { ...Object.fromEntries(kept), ...(comment !== '' && { comment }) },
    };
    const others = (templates: readonly Template[]) => templates.filter((each) => !this.isMeant(each, name));
    this.change(name, (templates) =>
      [...others(templates), template].sort((one, other) => one.name.localeCompare(other.name, 'ja')),
    );
  }

  remove(name: string): void {
    this.change('', (templates) => templates.filter((each) => !this.isMeant(each, name)));
  }

  /** The other kind may have a template of the same name: that one is not offered here, and not meant. */
  private isMeant({ name, kind }: Template, wanted: string): boolean {
    return name === wanted && (kind === undefined || kind === this.form.kind());
  }

  /** `name`, '' = none, is chosen only once it was saved: until then the form keeps the values that it shows. */
  private change(name: string, apply: (templates: readonly Template[]) => readonly Template[]): void {
    this.shared.change({
      parts: (profile) => ({ templates: [...apply(profile?.templates ?? [])] }),
      saved: () => {
        this.chosenName.set(name);
      },
    });
  }
}
