import { renewDeviceToken } from "@/lib/auth/device";
import { login } from "@/lib/auth/login";
import { json } from "@/lib/http/answer";
import { readReplaced, setDevice, setSession } from "@/lib/http/cookies";
import { form } from "@/lib/http/form";
import { route } from "@/lib/http/route";
import { LoginFields, parseFields } from "@/lib/http/schemas";
import { signedIn } from "@/lib/http/wire";

/** POST /api/auth/login: signs a browser in; the tokens travel in cookies alone. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: form({ page: "/login", success: "/dashboard" }, async (call) => {
    const fields = parseFields(LoginFields, await call.body());
    const tokens = await login(fields, call.client, readReplaced(call.request), call.context);
    setSession(call.jar, tokens);
    setDevice(call.jar, renewDeviceToken(call.client.device, tokens.user, call.context.keys));
    return json(signedIn(tokens));
  }),
});
