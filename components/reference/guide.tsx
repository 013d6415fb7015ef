import { CodeSample } from "@/components/reference/code-sample";
import { InlineCode } from "@/components/reference/inline-code";
import { ReferenceSection } from "@/components/reference/reference-section";

/** What holds for every operation. */
export function Guide({ baseUrl }: { baseUrl: string }) {
  return (
    <>
      <ReferenceSection id="authentication" title="Authentication">
        <Text>
          Send a token with every request, as `Authorization: Bearer`. A request can do what the role of the
          token's account allows at that moment. Tokens never go into an address: it ends up in logs.
        </Text>
        <CodeSample what="curl command that asks who a token is" code={whoAmI(baseUrl)} />
        <Text>
          Without credentials the answer is 401 with `WWW-Authenticate: Bearer`; with a bad token it also says
          why. Too little role is 403.
        </Text>
      </ReferenceSection>
      <ReferenceSection id="requests" title="Requests and answers">
        <Text>
          Bodies are JSON, in and out, with names in `snake_case`; at most 1 MiB. Moments are UTC, like
          `2026-11-05T12:34:56Z`. Fields of a body that are unknown are ignored; answers gain fields with
          time. `/users`, `/user-tokens` and `/teams` at the root are the same endpoints as those below
          `/api`. Every answer has its number in `X-Request-Id`.
        </Text>
      </ReferenceSection>
      <ReferenceSection id="lists" title="Lists">
        <Text>
          A list answers one page: `items`, the `total` that match, and the `page` (from 1) and `size` (1 to
          100) that were asked for. `sort` takes the name of a field, with `-` in front for the other way
          round. `search` is taken literally.
        </Text>
      </ReferenceSection>
      <ReferenceSection id="idempotency" title="Repeating a request safely">
        <Text>
          Every POST that creates something takes an `Idempotency-Key`: make one of 32 random characters or
          more for each thing you want to create, and repeat with it until an answer comes. A repeat within 10
          minutes gets the first answer again, secret included, with `Idempotency-Replayed: true`. Later, or
          with a shorter key, it is 409 `already_created` and names what exists. The same key with another
          body is 422. Failures are not kept.
        </Text>
      </ReferenceSection>
    </>
  );
}

function Text({ children }: { children: string }) {
  return (
    <p className="max-w-prose text-ink2">
      <InlineCode text={children} />
    </p>
  );
}

function whoAmI(baseUrl: string): string {
  return `curl ${baseUrl}/api/users/me \\\n  -H "Authorization: Bearer $TOKEN"`;
}
