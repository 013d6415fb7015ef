"use client";

import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { isSignedOut, SignInToContinue } from "@/components/sign-in/sign-in-to-continue";
import { TokenForm } from "@/components/tokens/token-form";
import { revealDescription, revealTitle, TokenReveal } from "@/components/tokens/token-reveal";
import { useRevealedToken } from "@/components/tokens/use-revealed-token";
import { CreationFault, isUncertain } from "@/components/creation/creation-fault";
