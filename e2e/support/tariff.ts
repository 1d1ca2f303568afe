import type { AlmaPage } from './alma-page';

/** Gives the library its only tariff for copies. */
export async function addTariff(alma: AlmaPage): Promise<void> {
  await alma.search('');
  await alma.app.getByRole('heading').first().waitFor();
  await alma.goInApp('/settings/tariffs');
  await alma.app.getByRole('button', { name: '料金表を追加' }).click();
  const tariff = alma.app.getByTestId('tariff-edit');
  for (const [at, value] of ['学外', 'A4 白黒', '35'].entries()) await tariff.locator('input').nth(at).fill(value);
  await tariff.locator('select').selectOption('copy');
  await tariff.getByLabel('送料').fill('140');
  await alma.app.getByTestId('tariffs-save').click();
  await alma.app.locator('.chip.good').waitFor();
}
