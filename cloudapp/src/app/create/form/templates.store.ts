import { computed, inject, Injectable, signal } from '@angular/core';
import type { Template } from '../../../domain/api/profile';
import { MAX_TEMPLATES } from '../../../domain/ill/templates';
import { SessionService } from '../../core/session.service';
import { LibraryProfile } from '../../core/library-profile';
import { valueOf } from '../../core/remote';
import { OrderFormStore } from './order-form.store';
import { isForKind, TEMPLATE_FIELDS } from './order-fields';

/**
 * Templates shared by the library's staff. The chosen one presets fields that are not typed; managers save and delete
 * templates.
 */
@Injectable()
export class TemplatesStore {
  private readonly session = inject(SessionService);
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
  readonly mayChange = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);
  readonly isFull = computed(() => (this.profile()?.templates.length ?? 0) >= MAX_TEMPLATES);

  choose(name: string): void {
    const before = this.chosen()?.values['comment'];
    this.chosenName.set(name);
    const comment = this.form.comment();
    // Keeps a typed comment, but replaces one from the previous template.
    if (comment === '' || comment === before) this.form.typeComment(this.chosen()?.values['comment'] ?? '');
  }

  /**
   * Saves the form under this name, replacing a template of the same name. Omits data of this request and its patron.
   */
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

  /** Matches by name and kind, because the other kind may have a template of the same name. */
  private isMeant({ name, kind }: Template, wanted: string): boolean {
    return name === wanted && (kind === undefined || kind === this.form.kind());
  }

  /**
   * Saves the changed templates. Selects `name` ('' = none) only after saving; until then the form keeps its values.
   */
  private change(name: string, apply: (templates: readonly Template[]) => readonly Template[]): void {
    this.shared.change({
      parts: (profile) => ({ templates: [...apply(profile?.templates ?? [])] }),
      saved: () => {
        this.chosenName.set(name);
      },
    });
  }
}
