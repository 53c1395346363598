function text() @ "xs_config_text"

export default Object.freeze(JSON.parse(text()));
