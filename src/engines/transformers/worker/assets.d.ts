/** Vite copies the file into the build and gives its address. (vite/client would bring the DOM library along.) */
declare module '*?url' {
  const address: string;
  export default address;
}
