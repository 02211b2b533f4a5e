/** Whether the session outlives the browser window. */
export function RememberField({ defaultChecked }: { readonly defaultChecked: boolean }) {
  return (
    <label className="flex min-h-11 w-fit items-center gap-3">
      <input
        type="checkbox"
        name="remember"
        value="true"
        defaultChecked={defaultChecked}
        className="size-5 accent-accent"
      />
      Keep me signed in on this device
    </label>
  );
}
