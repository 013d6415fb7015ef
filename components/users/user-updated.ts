/** What is said when an account was changed. */
export const userUpdated = "The User has been successfully updated";
