import { renewDeviceToken } from "@/lib/auth/device";
import { register } from "@/lib/auth/register";
import { json } from "@/lib/http/answer";
import { readReplaced, setDevice, setSession } from "@/lib/http/cookies";
import { form } from "@/lib/http/form";
import { route } from "@/lib/http/route";
import { parseFields, RegisterFields } from "@/lib/http/schemas";
import { wireUser } from "@/lib/http/wire";

/** POST /api/auth/register: makes an account and signs its browser in. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: form({ page: "/register", success: "/dashboard" }, async (call) => {
    const fields = parseFields(RegisterFields, await call.body());
    const tokens = await register(fields, call.client, readReplaced(call.request), call.context);
    setSession(call.jar, tokens);
    setDevice(call.jar, renewDeviceToken(call.client.device, tokens.user, call.context.keys));
    return json({ user: wireUser(tokens.user) }, 201);
  }),
});
